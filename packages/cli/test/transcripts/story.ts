/** A story of a transcript: comments and commands, in order. The files that a command writes are part of it. */
export interface Story {
  readonly title: string;
  /** What begins each story of the file. */
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

/** The end of a line that begins a text: `cat > FILE <<END`. */
export const END = /<<'?(\w+)'?$/;
export const isCommand = (line: string): boolean => line.startsWith('$ ');
const isOutput = (line: string): boolean => line === '' || /^(?: {2}|!|exit \d)/.test(line);

/** The comments and commands of a part of a transcript, with the text that a command is given. What was printed is left out. */
function inputsOf(text: string): string[] {
  const inputs: string[] = [];
  let until: string | undefined;
  for (const line of text.split('\n')) {
    if (until === undefined && isOutput(line)) continue;
    if (until === undefined) inputs.push(line);
    else inputs.push(`${inputs.pop() ?? ''}\n${line}`);
    if (line === until) until = undefined;
    else until ??= isCommand(line) ? END.exec(line)?.[1] : undefined;
  }
  return inputs;
}

/** The stories of a transcript. Commands above the first one begin each of them. */
export function storiesIn(text: string): readonly Story[] {
  const [head = '', ...parts] = text.split(/^== /m);
  const before = inputsOf(head).filter(isCommand);
  return parts.map((part) => {
    const [title = '', ...rest] = part.split('\n');
    return { title, before, lines: inputsOf(rest.join('\n')) };
  });
}
