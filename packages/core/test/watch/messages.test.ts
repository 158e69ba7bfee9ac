import { describe, expect, it } from 'vitest';
import * as watch from '../../src/internal/watch.js';
import { at, finding, SPEC, watched } from './round.js';

const { issueText, slackMessage, watchMessage, watchReport, watchReportHtml, watchText } = watch;
const nasty = finding({ integration: 'orders' }, 'fail', {
  message: 'Group <!channel> *bold* `x` @octocat & <script>alert(1)</script>\u001b[31m',
});
const { history, events } = watched(watch, [
  { at: 0, findings: [] },
  { at: 300, findings: [nasty, finding({ link: 'spare' }, 'unknown')] },
  { at: 600, findings: [nasty, finding({ link: 'spare' }, 'unknown')] },
]);
const message = watchMessage(history, events.flat());

describe('a message', () => {
  it('names what changed, and the present state', () => {
    expect(message).toMatchObject({
      title: 'shop: link spare is not proven any more; orders is broken',
      counts: { works: 1, broken: 1, unknown: 1 },
      groups: [
        {
          type: 'verdict',
          subjects: ['integration orders'],
          from: 'works',
          to: 'broken',
          since: at(300),
          lastedMs: 300_000,
        },
        { type: 'verdict', subjects: ['link spare'], from: 'works', to: 'unknown' },
      ],
    });
  });
  it('has the same digest for the same events', () => {
    expect(watchMessage(history, events.flat()).digest).toBe(message.digest);
    expect(watchMessage(history, events.flat().slice(0, 1)).digest).not.toBe(message.digest);
  });
  it('is one group where many break alike', () => {
    const names = Array.from({ length: 300 }, (_, index) => `i${index}`);
    const integrations = Object.fromEntries(names.map((name) => [name, SPEC.integrations['orders']!]));
    const spec = { ...SPEC, integrations };
    const seen = { findings: [finding({ link: 'eu' })], spec };
    const many = watched(watch, [
      { at: 0, findings: [], spec },
      { at: 60, ...seen },
      { at: 120, ...seen },
    ]);
    const text = watchText(watchMessage(many.history, many.events.flat()));
    expect(text).toContain('shop: i0, i1 and 298 more are broken\n');
    expect(text).toContain('i0, i1, i2, i3, i4 and 295 more: works → broken');
    expect(text.length).toBeLessThan(2_000);
    const { undelivered } = watch.enqueue(many.history, ['hook'], many.events.flat(), at(120));
    const [{ events: newest = [], dropped } = {}] = undelivered;
    const cut = watchMessage(many.history, newest, dropped);
    const title = 'shop: i100, i101 and 198 more are broken; 100 older changes not listed';
    expect(cut).toMatchObject({ title, dropped: 100, counts: { broken: 300 } });
    const rest = '100 older changes not listed; the report has the verdict of each integration';
    for (const shown of [watchText(cut), JSON.stringify(slackMessage(cut)), issueText(cut)])
      expect(shown.replaceAll('\\', '')).toContain(rest);
    expect(watchText(watchMessage(many.history, newest))).not.toContain('not listed');
    // A second round pushes the events of the first one out of the log.
    const { history: later } = watched(watch, [
      { at: 0, findings: [], spec },
      ...[60, 120].map((s) => ({ ...seen, at: s })),
      { at: 180, findings: [], spec },
    ]);
    const report = watchReport(later, SPEC);
    expect([report.log.length, report.dropped]).toEqual([300, 300]);
    expect(watchReportHtml(report)).toContain('300 older events not kept.');
  });
  it('says that watching has ended, and why', () => {
    const ended = watchMessage(history, [watch.watchingEnded(at(900), 'LOCKED: w.json: held by process 12')]);
    expect(ended.title).toBe('shop: watching has ended');
    for (const shown of [watchText(ended), JSON.stringify(slackMessage(ended)), issueText(ended)])
      expect(shown.replaceAll('\\', '')).toMatch(/Watching has ended[^]*LOCKED: w\.json: held by process 12/);
  });
});

describe('text from outside', () => {
  it('neither controls a terminal nor mentions anyone', () => {
    expect(watchText(message)).not.toContain('\u001b');
    const slack = JSON.stringify(slackMessage(message));
    expect(slack).not.toContain('<!channel>');
    expect(slack).toContain('&lt;!channel&gt;');
    const issue = issueText(message);
    expect(issue).toContain('`@`octocat');
    expect(issue).not.toMatch(/(?<!\\)<script/);
    const page = watchReportHtml(watchReport(history, SPEC));
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });
  it('keeps within the limits of Slack', () => {
    const long = finding({ integration: 'orders' }, 'fail', { message: 'x'.repeat(9_000) });
    const { history: own, events: all } = watched(watch, [
      { at: 0, findings: [long] },
      { at: 60, findings: [long] },
    ]);
    const { blocks } = slackMessage(watchMessage(own, all.flat())) as { blocks: { text?: { text: string } }[] };
    expect(Math.max(...blocks.map(({ text }) => text?.text.length ?? 0))).toBe(3_000);
  });
});

it('a report: lists broken ones first, with since and cause, and what is ignored until when', () => {
  const spec = { ...SPEC, ignore: [{ check: 'link/single-zone', reason: 'a test', until: '2026-12-31' }] };
  const report = watchReport(history, spec);
  expect(report.watched.map(({ subject, verdict }) => `${subject} ${verdict}`)).toEqual([
    'integration orders broken',
    'link spare unknown',
    'integration users works',
  ]);
  expect(report.watched[0]).toMatchObject({ since: at(300), cause: { kind: 'time', before: at(300) } });
  expect(watchReportHtml(report)).toContain('2026-12-31');
});
