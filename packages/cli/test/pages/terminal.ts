import { syncBuiltinESMExports } from 'node:module';
import { PassThrough } from 'node:stream';
import { vi } from 'vitest';

/** The columns of the terminal that the pages show. */
export const COLUMNS = 80;

const ESC = '\u001b';
const PIECE = new RegExp(`${ESC}\\[\\??([\\d;]*)([A-Za-z])|${ESC}.|[^${ESC}]`, 'gsu');

/** What a terminal shows after all that was written to it: lines as they were redrawn, without colors. */
export class Screen {
  readonly #rows: string[][] = [[]];
  #row = 0;
  #column = 0;

  write(text: string): void {
    for (const [part, count, control] of text.matchAll(PIECE))
      if (control !== undefined) this.#control(control, count ?? '');
      else if (part === '\n') this.#to(this.#row + 1, 0);
      else if (part === '\r') this.#column = 0;
      else if (!part.startsWith(ESC)) this.#put(part);
  }

  #put(character: string): void {
    if (this.#column === COLUMNS) this.#to(this.#row + 1, 0);
    const row = (this.#rows[this.#row] ??= []);
    while (row.length < this.#column) row.push(' ');
    row[this.#column] = character;
    this.#column += 1;
  }

  #to(row: number, column: number): void {
    this.#row = Math.max(0, row);
    this.#column = Math.max(0, column);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  #control(control: string, count: string): void {
    const by = Number(count) || 1;
    if (control === 'A') this.#to(this.#row - by, this.#column);
    else if (control === 'B') this.#to(this.#row + by, this.#column);
    else if (control === 'C') this.#column += by;
    else if (control === 'D') this.#to(this.#row, this.#column - by);
    else if (control === 'G') this.#column = by - 1;
    else if (control === 'K') this.#rows[this.#row]?.splice(count === '2' ? 0 : this.#column);
    else if (control === 'J') {
      this.#rows[this.#row]?.splice(this.#column);
      this.#rows.splice(this.#row + 1);
    }
  }

  get text(): string {
    return `${this.#rows.map((row) => row.join('').trimEnd()).join('\n')}\n`.replace(/^\n+|\n+(?=\n$)/g, '');
  }
}

/**
 * Runs a command whose questions and lists are drawn on the streams of this process. Each question is answered by Enter, and one for yes or
 * no by yes. Returns what the terminal shows at the end.
 */
export async function onTerminal(run: (write: (text: string) => void) => Promise<unknown>): Promise<string> {
  const screen = new Screen();
  const keys = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const real = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
  const size = { isTTY: true, columns: COLUMNS, rows: 40 };
  const streams = [process.stdout, process.stderr];
  const before = streams.map(({ isTTY, columns, rows }) => ({ isTTY, columns, rows }));
  const spies = streams.map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      screen.write(String(text));
      if (String(text).includes('◆')) setTimeout(() => keys.write(/Yes.*No/s.test(String(text)) ? 'y' : '\r'), 20);
      return true;
    }),
  );
  for (const stream of streams) Object.assign(stream, size);
  Object.defineProperty(process, 'stdin', { value: keys, configurable: true });
  syncBuiltinESMExports();
  try {
    await run((text) => screen.write(text));
  } finally {
    Object.defineProperty(process, 'stdin', real);
    syncBuiltinESMExports();
    for (const [at, stream] of streams.entries()) Object.assign(stream, before[at]);
    for (const spy of spies) spy.mockRestore();
  }
  return screen.text;
}
