import { describe, expect, it } from 'vitest';
import { fleetReport } from '../../src/report/fleet-report.js';
import { fleetReportHtml, runPage } from '../../src/report/pages.js';
import { RECORD } from './a-run.js';

const report = fleetReport(RECORD, '2026-11-25T13:00:00.000Z');

it('fleetReport: is what was changed where and when, and findings by check over all specs', () => {
  expect(
    report.changes.map(({ at, unit, region, kind, outcome }) => [at.slice(17, 19), unit, region, kind, outcome]),
  ).toEqual([
    ['07', 'link:eu', 'eu-west-1', 'create', 'done'],
    ['08', 'link:us', 'eu-west-1', 'create', 'failed'],
  ]);
  expect(report.findings.map(({ check, found }) => [check, found.length])).toEqual([
    ['quota/links', 1],
    ['link/active', 2],
  ]);
  expect(report).toMatchObject({ version: 1, passed: 1 });
  expect(JSON.parse(JSON.stringify(report))).toMatchObject({ run: { by: 'ana@example.com' } });
});

describe('fleetReportHtml', () => {
  it('is a page without scripts and requests, which escapes what others wrote', () => {
    const page = fleetReportHtml(report);
    expect(page).not.toMatch(/<script|<b>10|<i>INACTIVE|\bsrc=|\bhref=|url\(/);
    const texts = ['ana@example.com', 'approved by bo', 'looks good', 'Delete 3 links?', '&lt;b&gt;10 of 10', 'pause'];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('escapes every text of a record, also the names of states: workers of other versions write them', () => {
    const attack = `"><img src=x onerror="run()"><script>`;
    // What events and verdicts are told apart by.
    const kept = new Set(['type', 'verdict', 'at', 'goal']);
    const hostile = (value: unknown, key = ''): unknown => {
      if (typeof value === 'string') return kept.has(key) ? value : value + attack;
      if (Array.isArray(value)) return value.map((one) => hostile(one, key));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name)]));
    };
    const found = fleetReport(hostile(RECORD) as typeof RECORD, report.writtenAt);
    const pages = [
      fleetReportHtml(found),
      runPage(found.run, found.units, report.writtenAt, { token: attack, by: attack }),
    ];
    for (const page of pages) {
      expect(page).toContain('&lt;img src=x');
      expect(page).not.toMatch(/<img|<script/);
    }
  });

  it('names what a run does not have', () => {
    const run = { ...RECORD.run, approvals: [], actions: [], specs: [] };
    const page = fleetReportHtml(fleetReport({ run, units: [], events: [], findings: {} }, report.writtenAt));
    const texts = ['No approval was required.', 'Nothing failed.', 'Nothing was changed.', 'No check was carried out.'];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('says why a run does not go on, as status does, and why the run itself failed', () => {
    const retried = {
      at: '2026-11-25T12:00:05.000Z',
      unit: 'link:eu',
      step: 'create',
      code: 'INTERNAL',
      message: 'no',
    };
    const unanswered = [{ address: 'http://10.0.1.7:9080', parts: 4, message: 'Connection refused' }];
    const cancelAgainAt = '2026-11-25T12:02:00.000Z';
    const error = { code: 'ABORTED', message: 'the run was ended in the engine' } as const;
    const run = { ...RECORD.run, retried, unanswered, cancelAgainAt, error };
    const page = runPage(run, RECORD.units, report.writtenAt, { token: 't', by: 'ana' });
    const texts = [
      'link:eu create (2026-11-25T12:00:05.000Z): INTERNAL: no',
      '4 parts of the run fail at http://10.0.1.7:9080: Connection refused',
      'Canceled. If it has not ended by 2026-11-25T12:02:00.000Z',
      'the run was ended in the engine',
    ];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });
});
