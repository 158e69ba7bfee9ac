import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { reportJson } from '../../../src/check/report/json.js';
import { reportMarkdown } from '../../../src/check/report/markdown.js';
import { reportSarif } from '../../../src/check/report/sarif.js';
import { reportText } from '../../../src/check/report/text.js';
import { ten } from './ten.js';
import { rulesOf } from '../../../src/check/checks/registry.js';

/** What `postern check` writes before the report: the source of the snapshot, and an empty line. */
const HEADING = 2;

describe('ten findings on two clouds', () => {
  const { report: found, passed } = ten();
  it('are of ten checks', () => {
    expect(found.findings).toHaveLength(10);
    expect(new Set(found.findings.map(({ check }) => check)).size).toBe(10);
    expect(new Set(found.findings.map(({ integration }) => integration))).toEqual(new Set(['orders', 'shop']));
  });

  it.each<[number, number, string]>([
    [100, 40, 'one screen'],
    [120, 38, 'one screen'],
    [80, 50, 'a narrow screen'],
  ])('take at %i columns at most %i lines: %s', (width, most) => {
    const lines = reportText(found, { passed, width }).trimEnd().split('\n');
    expect(lines.length + HEADING, lines.join('\n')).toBeLessThanOrEqual(most);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  it('show each check, subject and remedy', () => {
    const text = reportText(found, { passed }).replace(/\s+/g, ' ');
    for (const { check, remedy = '', subject } of found.findings) {
      expect(text).toContain(check);
      // The path to a target whose group allows nothing inbound is reported with that group.
      if (check === 'path/security-group') continue;
      expect(text).toContain(subject);
      expect(text).toContain(remedy);
    }
    for (const rule of ['sg-lb', 'rtb-subnet-b', '10.0.12.0/24 → pcx-0 (blackhole)', 'apigateway-hz-1', 'i-1']) {
      expect(text).toContain(rule);
    }
  });

  it('are also short as Markdown', () => {
    const lines = reportMarkdown(found, { passed }).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('- ❌') || line.startsWith('- ⚠️'))).toHaveLength(9);
    expect(lines.length).toBeLessThanOrEqual(32);
  });

  it('are separate findings in JSON and SARIF', () => {
    expect((JSON.parse(reportJson(found)) as { findings: unknown[] }).findings).toHaveLength(10);
    const spec = { version: 1, project: 'shop', spec: 'shop', links: {}, integrations: {} } as const;
    const sarif = JSON.parse(reportSarif(found, spec, { rules: rulesOf(CLOUDS) })) as {
      runs: { results: unknown[] }[];
    };
    expect(sarif.runs[0]?.results).toHaveLength(10);
  });
});
