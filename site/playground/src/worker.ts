import { answer, schema, type Answer, type Request } from './answer.js';

/** What the page asks; each with the ID that its answer has. */
export type Ask = { readonly id: number; readonly request: Request } | { readonly id: number; readonly schema: true };
export type Told = { readonly id: number; readonly answer: Answer } | { readonly id: number; readonly schema: object };

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  if ('schema' in data) postMessage({ id: data.id, schema: schema() } satisfies Told);
  else void answer(data.request).then((made) => postMessage({ id: data.id, answer: made } satisfies Told));
});
