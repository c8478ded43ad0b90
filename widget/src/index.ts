import { AskMyoElement } from './element.js';
import { insertElement } from './script.js';

// A page may hold the script twice, for instance from a theme and from a plugin.
if (!customElements.get('ask-myo')) {
  customElements.define('ask-myo', AskMyoElement);
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', insertElement, { once: true });
  } else {
    insertElement();
  }
}
