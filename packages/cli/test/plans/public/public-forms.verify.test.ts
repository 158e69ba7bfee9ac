import { expect, it } from 'vitest';
import { judged, readForms } from './public-forms.js';

const { forms, snapshots } = readForms();

it.each(Object.entries(forms))('%s is judged right, and its fault is named', async (_, form) => {
  const { integrations, findings } = await judged(form, snapshots[form.over]!);
  const verdicts = integrations.map(({ after }) => after).toSorted();
  const right = verdicts.map((one, at) => (form.expected[at]?.split('|').includes(one) ? form.expected[at] : one));
  expect(right, JSON.stringify(findings)).toEqual(form.expected);
  if (form.named === undefined || !verdicts.includes('fail')) return;

  const failed = findings.filter(({ verdict }) => verdict === 'fail').flatMap(({ addresses }) => addresses);
  const begins = form.named.split('|');
  const isNamed = failed.some((one) =>
    begins.some((begin) => one.startsWith(begin) || one.split('::').at(-1)?.startsWith(begin)),
  );
  expect(isNamed, `${failed.join()} has none of ${form.named}`).toBe(true);
});
