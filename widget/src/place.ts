/** Puts the floating part above the page, whatever z-index the page uses. */
export function stayOnTop(root: HTMLElement | null): void {
  // Without the popover API the style sheet's z-index has to do.
  if (!root?.isConnected || typeof root.showPopover !== 'function') return;
  if (!root.matches(':popover-open')) root.showPopover();
}

/** Whether `cover` lies over some, or all, of `target` on the screen. */
export function isCovering(
  cover: HTMLElement | null,
  target: HTMLElement,
  part: 'some' | 'all',
): boolean {
  if (!cover) return false;
  const over = cover.getBoundingClientRect();
  const under = target.getBoundingClientRect();
  if (!under.width || !under.height) return false;
  if (part === 'some') {
    return (
      over.left < under.right &&
      over.right > under.left &&
      over.top < under.bottom &&
      over.bottom > under.top
    );
  }
  return (
    over.left <= under.left &&
    over.right >= under.right &&
    over.top <= under.top &&
    over.bottom >= under.bottom
  );
}

/** Scrolls to where a reply begins, inside the panel only: the page stays where it is. */
export function bringIntoView(log: HTMLElement | null, reply: HTMLElement | null): void {
  if (!log || !reply) return;
  const box = scroller(log);
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const top = reply.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: top - 8, behavior: still ? 'auto' : 'smooth' });
}

/** Scrolls to what was said last. */
export function showEnd(log: HTMLElement | null): void {
  if (!log) return;
  if (scroller(log) === log) log.scrollTop = log.scrollHeight;
  else bringIntoView(log, [...log.querySelectorAll<HTMLElement>('.said')].pop() ?? null);
}

/** What scrolls: the log, or in little room the composer with it. */
function scroller(log: HTMLElement): HTMLElement {
  // The panel may scroll a little too, and have left the log behind.
  const panel = log.closest('.panel');
  if (panel) panel.scrollTop = Math.min(panel.scrollTop, log.offsetTop);
  return (getComputedStyle(log).overflowY === 'visible' && log.parentElement) || log;
}
