'use strict';
(() => {
	const cards = [...document.querySelectorAll('.finding')];
	const filters = document.getElementById('filters');
	if (!filters) {
		return;
	}
	const choices = [...filters.querySelectorAll('select')];
	const ignored = document.getElementById('ignored');
	const fold = document.getElementById('fold');

	const filter = () => {
		let shown = 0;
		for (const card of cards) {
			card.hidden = choices.some((choice) => choice.value !== '' && card.dataset[choice.name] !== choice.value) ||
				(card.dataset.ignored === 'yes' && !ignored.checked);
			shown += card.hidden ? 0 : 1;
		}
		document.getElementById('shown').textContent = shown + ' of ' + cards.length + ' shown';
	};

	// A hop leads to its line, which may be folded away.
	const reveal = () => {
		const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
		if (!target) {
			return;
		}
		for (let at = target.closest('details'); at; at = at.parentElement.closest('details')) {
			at.open = true;
		}
		target.scrollIntoView({ block: 'center' });
	};

	const copy = async (button) => {
		const command = button.previousElementSibling;
		try {
			await navigator.clipboard.writeText(command.textContent);
			button.textContent = 'copied';
		} catch {
			getSelection().selectAllChildren(command); // not allowed: one key is left to press
			button.textContent = 'selected';
		}
	};

	filters.hidden = false;
	fold.textContent = cards.every((card) => card.open) ? 'fold all' : 'unfold all';
	filters.addEventListener('change', filter);
	fold.addEventListener('click', () => {
		const open = fold.textContent === 'unfold all';
		for (const card of cards) {
			card.open = open;
		}
		fold.textContent = open ? 'fold all' : 'unfold all';
	});
	document.addEventListener('click', (event) => {
		if (event.target.matches('.copy')) {
			copy(event.target);
		}
	});
	addEventListener('hashchange', reveal);
	filter();
	reveal();
})();
