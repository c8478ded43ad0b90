import { css } from 'lit';

/**
 * Little room, by a small window or by large text: what there is to read gets nearly all of it.
 * Conversation and composer scroll as one, below the buttons of the header. Comes last among the
 * style sheets: it takes back what the others give.
 */
export const room = css`
  @container panel (max-width: 14em) or (max-height: 26em) {
    .header h2 {
      position: absolute;
      clip-path: inset(50%);
    }
    .header .row,
    .header button {
      flex: 1;
    }
    .chat,
    .pane {
      position: relative;
      flex: 1 1 0;
      height: auto;
      min-height: 0;
      overflow-y: auto;
      overscroll-behavior: contain;
    }
    .log {
      flex: none;
      overflow: visible;
      padding: 0.3em;
    }
    .said {
      margin: 0;
    }
    .card,
    .said {
      padding: 0.4em;
    }
    .alert {
      border-inline-start-width: 0.2em;
    }
    .card button,
    .pane button,
    .composer button {
      padding-inline: 0.4em;
    }
    .card .number {
      padding: 0.3em 0.4em;
    }
    .card h3,
    .card .number strong {
      font-size: 1em;
    }
    .card .who {
      font-size: 0.8em;
    }
    .alert .who {
      padding-inline: 0.3em;
    }
  }
`;
