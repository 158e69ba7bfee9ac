import { expect, it } from 'vitest';
import { sharedReads } from '../../../src/ground/calls/pages.js';
import { PosternError } from '../../../src/ground/errors.js';

/** A source whose reads end when the test says so. */
function source() {
  const open: { readonly answer: (value: string) => void; readonly fail: (error: unknown) => void }[] = [];
  const read = () => new Promise<string>((answer, fail) => void open.push({ answer, fail }));
  return { open, read };
}

/** Runs what is ready. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('shares a read that begins after its callers asked, never one that is under way', async () => {
  const { open, read } = source();
  const share = sharedReads();
  const first = share('links', read);
  const [second, third] = [share('links', read), share('links', read)];
  await turn();
  expect(open).toHaveLength(1);
  open[0]?.answer('before');
  await expect(first).resolves.toBe('before');
  await turn();
  expect(open).toHaveLength(2);
  const fourth = share('links', read);
  open[1]?.answer('after');
  await expect(Promise.all([second, third])).resolves.toEqual(['after', 'after']);
  await turn();
  expect(open).toHaveLength(3);
  open[2]?.answer('last');
  await expect(fourth).resolves.toBe('last');
});

it('reads again where nothing is under way, and each key by itself', async () => {
  const { open, read } = source();
  const share = sharedReads();
  const one = share('links', read);
  const other = share('groups', read);
  expect(open).toHaveLength(2);
  open[0]?.answer('links');
  open[1]?.answer('groups');
  await expect(Promise.all([one, other])).resolves.toEqual(['links', 'groups']);
  await turn();
  const again = share('links', read);
  expect(open).toHaveLength(3);
  open[2]?.answer('links again');
  await expect(again).resolves.toBe('links again');
});

it('shares an error, and reads after it', async () => {
  const { open, read } = source();
  const share = sharedReads();
  const failed = [share('links', read), share('links', read), share('links', read)].map((one) =>
    one.catch((error: unknown) => (error as Error).message),
  );
  open[0]?.fail(new Error('first'));
  await turn();
  open[1]?.fail(new Error('second'));
  await expect(Promise.all(failed)).resolves.toEqual(['first', 'second', 'second']);
  await turn();
  const after = share('links', read);
  open[2]?.answer('there');
  await expect(after).resolves.toBe('there');
});

it('an abort ends the wait of its caller only; where that one read, another reads', async () => {
  const { open, read } = source();
  const share = sharedReads();
  const stop = new AbortController();
  const aborted = new PosternError('ABORTED', 'aborted');
  const first = share('links', read);
  const leading = share('links', read, stop.signal).catch((error: unknown) => error);
  const following = share('links', read);
  stop.abort();
  await expect(leading).resolves.toMatchObject({ code: 'ABORTED' });
  open[0]?.answer('before');
  await first;
  await turn();
  expect(open).toHaveLength(2);
  open[1]?.fail(aborted);
  await turn();
  expect(open).toHaveLength(3);
  open[2]?.answer('after');
  await expect(following).resolves.toBe('after');
});
