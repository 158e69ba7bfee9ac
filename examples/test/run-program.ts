import { vi } from 'vitest';

/** A module is evaluated once for each URL. */
let runs = 0;

/** Runs an example program in this process with these variables. */
export async function runProgram(program: string, env: Readonly<Record<string, string>>) {
  Object.assign(process.env, env);
  process.exitCode = undefined;
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  runs += 1;
  await import(new URL(`../${program}?run=${runs}`, import.meta.url).href);
  const [out = '', err = ''] = [log, error].map(({ mock }) => mock.calls.map((words) => words.join(' ')).join('\n'));
  log.mockRestore();
  error.mockRestore();
  return { status: process.exitCode ?? 0, out, err };
}
