// Cuts a long page of the repository into pages of the site, at its sections.

/** The anchor that GitHub gives to a heading. */
export const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** The headings of a page, outside of blocks of code. */
export const headingsOf = (text) =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) => heading);

/**
 * The sections (`## …`) of a page in groups: `nameOf(heading)` is the name of a section's page; sections without one stay on the first.
 * `titleOf(name)` is the title of a page.
 */
export function split(text, nameOf, titleOf) {
  const [head, ...sections] = text.split(/^(?=## )/m);
  const parts = new Map([[undefined, head]]);
  for (const section of sections) {
    const name = nameOf(section.slice(3, section.indexOf('\n')));
    parts.set(name, `${parts.get(name) ?? `# ${titleOf(name)}\n\n`}${section}`);
  }
  return [...parts].map(([name, part]) => ({ name, text: part }));
}
