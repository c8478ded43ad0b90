// Filters the list of questions by words. Without this script the whole list stays.
(() => {
  'use strict';
  const form = document.getElementById('page-search');
  const field = document.getElementById('page-words');
  const status = document.getElementById('page-found');
  const heading = document.getElementById('page-all');
  const cards = document.getElementById('page-cards');
  const everything = status.textContent;
  const allQuestions = heading.textContent;
  const PAUSE = 600; // milliseconds without a key before the number found is announced

  const SMALL = new Set(
    (
      'a about an and any are at be can could did do does for from get got had has have how i if in ' +
      'is it its just me my of on or should so some that the their them then there they this to ' +
      'was we were what when where which who why will with would you your'
    ).split(' '),
  );

  /** The words of a text: small letters, no accents, no marks, one spelling for both shores. */
  const wordsOf = (text) =>
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f'’]/g, '')
      .replace(/[ao]e/g, 'e')
      .replace(/our\b/g, 'or')
      .replace(/is(e|ed|ing|ation)\b/g, 'iz$1')
      .split(/[^a-z0-9]+/)
      .filter(Boolean);

  /** A word without its ending, so that 'falling' finds 'falls'. */
  const stem = (word) =>
    word.length > 5 ? word.replace(/(ing|ed|es|ly|s)$/, '') : word.replace(/s$/, '');

  /** Whether two words differ in one slip: a letter too many, too few, wrong, or two swapped. */
  const oneSlip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start += 1;
    const rest = (text, skip) => text.slice(start + skip);
    return (
      rest(a, 1) === rest(b, 1) ||
      rest(a, 1) === rest(b, 0) ||
      rest(a, 0) === rest(b, 1) ||
      (a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2))
    );
  };

  /** Whether two longer words begin alike: 'anaesthetic', 'anaesthesia'. */
  const kindred = (a, b) => {
    const begin = Math.max(6, Math.ceil(a.length * 0.7));
    return a.length >= begin && a.slice(0, begin) === b.slice(0, begin);
  };

  const same = (wanted, word) =>
    wanted.length < 4
      ? stem(word) === stem(wanted)
      : word.startsWith(stem(wanted)) || kindred(wanted, word);

  const exact = (wanted, words) => words.some((word) => same(wanted, word));
  const close = (wanted, words) =>
    wanted.length > 4 && words.some((word) => word.length > 4 && oneSlip(wanted, word));

  const groups = [...document.querySelectorAll('.group')];
  const entries = groups.flatMap((group) =>
    [...group.querySelectorAll('.questions li')].map((item) => ({
      item,
      group,
      words: wordsOf(`${item.textContent} ${item.dataset.also}`),
    })),
  );

  /** The entries that hold the most of the wanted words, and how many words that is. */
  const best = (wanted, matches) => {
    const scored = entries.map((entry) => ({
      entry,
      score: wanted.filter((word) => matches(word, entry.words)).length,
    }));
    const most = Math.max(...scored.map(({ score }) => score));
    return { most, found: scored.filter(({ score }) => score === most).map(({ entry }) => entry) };
  };

  const look = (wanted) => {
    const strict = best(wanted, exact);
    if (strict.most === wanted.length) return strict;
    const kind = best(wanted, (word, words) => exact(word, words) || close(word, words));
    return kind.most > strict.most ? kind : strict;
  };

  const show = (shown) => {
    const all = shown.size === entries.length;
    for (const link of document.querySelectorAll('.group .up')) link.hidden = !all;
    for (const { item } of entries) item.hidden = !shown.has(item);
    for (const group of groups) group.hidden = !group.querySelector('li:not([hidden])');
  };

  const questions = (count) => (count === 1 ? '1 question' : `${count} questions`);

  /** Filters the list and returns what to say about it. */
  const filter = () => {
    const typed = wordsOf(field.value);
    const telling = typed.filter((word) => !SMALL.has(word));
    const wanted = telling.length ? telling : typed;
    const { most, found } = wanted.length ? look(wanted) : { most: 0, found: [] };
    cards.hidden = most > 0;
    heading.textContent = most > 0 ? 'Questions found' : allQuestions;
    show(new Set((most > 0 ? found : entries).map(({ item }) => item)));
    if (!wanted.length) return everything;
    if (!most) return 'No question found. Try another word, or look through the topics below.';
    if (most === wanted.length) return `${questions(found.length)} found.`;
    return `No question has all of these words. ${questions(found.length)} with some of them:`;
  };

  let waiting;
  const say = (words, pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (status.textContent = words), pause);
  };

  field.addEventListener('input', () => say(filter(), PAUSE));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    say(filter(), 0);
    heading.focus();
    heading.scrollIntoView();
  });
  form.addEventListener('reset', () => {
    field.value = '';
    say(filter(), 0);
    field.focus();
  });

  form.hidden = false;
  field.value = new URLSearchParams(location.search).get('q') ?? '';
  if (field.value) say(filter(), 0);
})();
