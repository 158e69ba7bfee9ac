import { PassThrough, Writable } from 'node:stream';
import { confirm, multiselect, select } from '@clack/prompts';
import { describe, expect, it } from 'vitest';
import { answered } from '../../src/process/answered.js';
import { Interrupted } from '../../src/process/interruption.js';

const message = 'Which?';
const options = [{ value: 'one' }, { value: 'two' }];
const output = new Writable({ write: (_chunk, _encoding, done) => done() });

const PROMPTS: Readonly<Record<string, (how: object) => Promise<unknown>>> = {
  'yes or no': (how) => confirm({ message, initialValue: false, ...how, output }),
  'one of several': (how) => select({ message, options, ...how, output }),
  several: (how) => multiselect({ message, options, ...how, output }),
};

const asked = async (prompt: string, act: (input: PassThrough) => unknown): Promise<unknown> => {
  const input = new PassThrough();
  const answer = answered((how) => PROMPTS[prompt]?.(how) ?? Promise.reject(new Error(prompt)), input);
  setTimeout(() => act(input), 10);
  return answer;
};

describe.each(Object.keys(PROMPTS))('a question for %s', (prompt) => {
  it.each([
    ['Ctrl+D', (input: PassThrough) => input.write('\u0004')],
    ['the end of the input', (input: PassThrough) => input.end()],
    ['a terminal that is closed', (input: PassThrough) => input.destroy()],
  ])('has no answer after %s', async (_, act) => {
    expect(await asked(prompt, act)).toBeUndefined();
  });

  it('has no answer from a terminal that was closed before', async () => {
    expect(await answered((how) => PROMPTS[prompt]!(how), new PassThrough().destroy())).toBeUndefined();
  });

  it('is interrupted by Ctrl+C, and answered by Enter', async () => {
    await expect(asked(prompt, (input) => input.write('\u0003'))).rejects.toThrow(Interrupted);
    expect(await asked(prompt, (input) => input.write(prompt === 'several' ? ' \r' : '\r'))).toBeDefined();
  });
});
