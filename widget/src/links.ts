/** The only kinds of address a reply may link to. */
const ALLOWED = new Set(['https:', 'mailto:', 'tel:']);

/** The address if it is safe to link to, else null: the words are then shown without a link. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return ALLOWED.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A phone number as people write it ('116 123', '13 11 14') as a tel: address. */
export function telHref(number: string): string | null {
  const dialed = number.replace(/^tel:/i, '').replace(/[\s().\-\u2010-\u2015]/g, '');
  return /^\+?\d{2,15}$/.test(dialed) ? `tel:${dialed}` : null;
}
