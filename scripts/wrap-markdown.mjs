// Breaks the prose of a Markdown page before column 120. Fences, tables, headings and indented code stay as they are.

/** The last column of a line. */
export const WIDTH = 119;
const WANTED = 116;

const KEPT = /^\s*(?:\||#|<|>|---|!\[|\[[^\]]+\]:)/;
const FENCE = /^\s*(?:```|~~~)/;
const ITEM = /^(\s*)((?:-|\*|\d+\.) )?(.*)$/;
const starts = (line) => line.trim() === '' || KEPT.test(line) || FENCE.test(line) || /^\s*(?:-|\*|\d+\.) /.test(line);

/** Code and links are one word: they are there to be copied. */
const joined = (text) => text.replace(/`[^`]*`|\[[^\]]*\]\([^)]*\)/g, (atom) => atom.replaceAll(' ', '\0')).split(/ +/);

function paragraph(text, first, rest, width = WANTED) {
  const lines = [];
  let line = first;
  for (const word of joined(text)) {
    const isFirst = line === first || line === rest;
    if (!isFirst && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest + word;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line].map((one) => one.replaceAll('\0', ' '));
}

/** A line of output in lines as short as those of a terminal; `rest` is what the further ones begin with. */
export const inLines = (text, rest) => paragraph(text, '', rest, 80);

/** A command in lines as short as those of a terminal: each further one begins with an option, or with what is run after it. */
export function commandLines(command) {
  if (command.length <= 80) return command;
  const [first, ...others] = command.split(/ (?=&& )/).map((one) => {
    const words = one
      .match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)
      .join('\0')
      .split(/\0(?=[-|>])/);
    return paragraph(words.map((word) => word.replaceAll(' ', '\0')).join(' '), '', '    ', 78).join(' \\\n');
  });
  return [first.replaceAll('\n    ', '\n  '), ...others.map((one) => `  ${one}`)].join(' \\\n');
}

/** The same page with every line of prose short enough; paragraphs that are stay as they are. */
export function wrapMarkdown(page) {
  const lines = page.split('\n');
  const wrapped = [];
  let isCode = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (FENCE.test(line)) isCode = !isCode;
    if (isCode || line.trim() === '' || KEPT.test(line) || FENCE.test(line)) {
      wrapped.push(line);
      continue;
    }
    const own = [line];
    while (at + 1 < lines.length && !starts(lines[at + 1])) own.push(lines[(at += 1)]);
    if (own.every((one) => one.length <= WIDTH)) wrapped.push(...own);
    else {
      const [, indent, mark = '', text] = ITEM.exec(line);
      const all = [text, ...own.slice(1).map((one) => one.trim())].join(' ');
      wrapped.push(...paragraph(all, indent + mark, indent + ' '.repeat(mark.length)));
    }
  }
  return wrapped.join('\n');
}

/** Lines that are too long all the same, by number: code, mostly. Tables, addresses and the output of commands cannot be broken. */
export function longLines(page) {
  return page
    .replaceAll(/^```text\n[\s\S]*?^```$/gm, (output) => output.replaceAll(/./g, ''))
    .replaceAll(/^ *```(?:sh|bash)\n[\s\S]*?^ *```$/gm, (code) => code.replaceAll(/^.{81,}$/gm, longCommand))
    .split('\n')
    .flatMap((line, index) =>
      line.length > WIDTH && !line.startsWith('|') && !/https?:/.test(line) ? [index + 1] : [],
    );
}

/** Of a command. 80, but for three that have no option to break before, or a name of a variable that long. */
const MOST_COLUMNS = 87;

/** A command that is not broken counts as too long; what is said of it behind it does not count. */
const longCommand = (line) => (line.replace(/ *# .*/, '').length > MOST_COLUMNS ? line.padEnd(WIDTH + 1) : line);
