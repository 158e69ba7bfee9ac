/** Any text: `least` characters or more, in one segment of a path or in several. */
export interface Wildcard {
  readonly least: 0 | 1;
  readonly inSegment?: boolean;
}

/** Whether a text has a form. The time is that of the text times that of the form: no regular expression that may go back. */
export function hasForm(parts: readonly (string | Wildcard)[], text: string): boolean {
  const ended = parts.reduce(
    (begins, part) => {
      const ends = new Uint8Array(text.length + 1);
      let isOpen = false;
      for (let at = 0; at <= text.length; at += 1) {
        if (typeof part === 'string') {
          if (begins[at] === 1 && text.startsWith(part, at)) ends[at + part.length] = 1;
          continue;
        }
        if (part.inSegment === true && text[at - 1] === '/') isOpen = false;
        if (isOpen || (begins[at] === 1 && part.least === 0)) ends[at] = 1;
        isOpen ||= begins[at] === 1;
      }
      return ends;
    },
    Uint8Array.from({ length: text.length + 1 }, (_, at) => Number(at === 0)),
  );
  return ended[text.length] === 1;
}
