import { describe, expect, it } from 'vitest';
import { fleetReport } from '../../src/report/fleet-report.js';
import { fleetReportHtml } from '../../src/report/fleet-report-html.js';
import { RECORD } from './a-run.js';

const report = fleetReport(RECORD, '2026-11-25T13:00:00.000Z');

describe('fleetReport', () => {
  it('is what was changed where and when, and findings by check over all specs', () => {
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
});

describe('fleetReportHtml', () => {
  it('is a page without scripts and requests, which escapes what others wrote', () => {
    const page = fleetReportHtml(report);
    expect(page).not.toMatch(/<script|<b>10|<i>INACTIVE|\bsrc=|\bhref=|url\(/);
    const texts = ['ana@example.com', 'approved by bo', 'looks good', 'Delete 3 links?', '&lt;b&gt;10 of 10', 'pause'];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('names what a run does not have', () => {
    const run = { ...RECORD.run, approvals: [], actions: [], specs: [] };
    const page = fleetReportHtml(fleetReport({ run, units: [], events: [], findings: {} }, report.writtenAt));
    const texts = ['No approval was required.', 'Nothing failed.', 'Nothing was changed.', 'No check was carried out.'];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });
});
