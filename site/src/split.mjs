// Cuts a long page of the repository into pages of the site, at its sections.

/** The anchor that GitHub gives to a heading, or the one that it names: `Title {#anchor}`. */
export const anchorOf = (heading) =>
  /\{#([\w-]+)\}$/.exec(heading)?.[1] ??
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** Applies `change` to each line outside of blocks of code. */
export function outsideCodeLines(text, change) {
  let inCode = false;
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) inCode = !inCode;
      return inCode ? line : change(line);
    })
    .join('\n');
}

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
  return [...parts].map(([name, part]) => ({ name, text: name === undefined ? part : withoutOnly(part) }));
}

/** Where a page has one section, its title has the anchor, and the heading of the section goes. */
function withoutOnly(part) {
  const [only, ...more] = part.matchAll(/^## (.*)\n/gm);
  return more.length > 0 ? part : part.replace(/^(# .*)\n\n## .*\n/, `$1 {#${anchorOf(only[1])}}\n`);
}
