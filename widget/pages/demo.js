// The demo pages work without this file: the questions are links to the answers.
const line = document.querySelector('#line');
const copy = document.querySelector('#copy');

line.textContent = line.textContent.replaceAll('https://HOST', location.origin);

if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(line.textContent);
    document.querySelector('#copied').textContent = 'Copied.';
  });
}

for (const question of document.querySelectorAll('[data-ask]')) {
  question.addEventListener('click', (event) => {
    const assistant = document.querySelector('ask-myo');
    // Without the assistant the link leads to the answers.
    if (!assistant?.ask) return;
    event.preventDefault();
    assistant.ask(question.dataset.ask);
  });
}
