import { junitSuites, reportSarif } from '@postern/core/internal/report';
import { describe, expect, it } from 'vitest';
import {
  assess,
  assessmentHtml,
  assessmentJson,
  assessmentMarkdown,
  assessmentReport,
  assessmentText,
  handoverRules,
  type Assessment,
} from '../../../../src/traditional/handover/internal.js';
import { api, domain, group, source } from '../sample-source.js';

const hostile = '<b>\u001b[31m|x';

const mixed = (): Assessment =>
  assess(
    source({
      group: group({ name: hostile, domains: [domain({ ocsp: true })], subDomainDisabled: false }),
      apis: Array.from({ length: 9 }, (_, at) =>
        api({ id: `api-${at}`, name: `n${at}`, on: { path: `/n${at}/[id]`, forceNonce: at === 0 } }),
      ),
    }),
    { waivers: [{ item: 'domain/ocsp', reason: 'no caller has a certificate' }] },
  );

describe('reports of an assessment', () => {
  it('show what stops first, who acts and how to waive it, and few of what is alike', () => {
    const text = assessmentText(mixed(), { width: 80 });
    expect(text).toContain('✗ The hand-over cannot be planned: 1 blocked, 1 unknown.');
    expect(text.indexOf('Not carried over (1)')).toBeLessThan(text.indexOf('Carried over with a difference'));
    expect(text).toContain('--waive "api/nonce:n0=REASON"');
    expect(text).toContain('and 4 more; --json lists all');
    expect(text).toContain('waived: no caller has a certificate');
    expect(text).toContain('2027-09-21T00:00:00+08:00: the service ends, in 299 days');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'leaves the switch to DNS. `postern handover` also proves each path',
    );
    // Commands and IDs are not broken, so only these lines are longer.
    expect(text.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });

  it('let no text of the cloud act on a terminal, in Markdown or in HTML', () => {
    for (const report of [
      assessmentText(mixed()),
      assessmentMarkdown(mixed()),
      assessmentHtml(mixed()),
      assessmentJson(mixed()),
    ]) {
      expect(report).not.toContain('\u001b');
    }
    expect(assessmentHtml(mixed())).not.toContain('<b>');
    expect(assessmentMarkdown(mixed())).not.toContain('<b>');
  });

  it('have one document of JSON with a version, and a row for each API in Markdown and HTML', () => {
    expect(JSON.parse(assessmentJson(mixed()))).toEqual(JSON.parse(JSON.stringify(mixed())));
    expect(assessmentMarkdown(mixed()).match(/^\| n\d \| GET/gm)).toHaveLength(9);
    expect(assessmentHtml(mixed()).match(/<tr><td data-is="API">/g)).toHaveLength(9);
  });

  it('are findings for CI systems: rules, verdicts, remedies, and waivers as accepted suppressions', () => {
    const report = assessmentReport(mixed());
    const spec = {
      version: 1,
      project: 'shop',
      spec: 'shop',
      links: {},
      integrations: {},
      places: () => ({ file: 'shop.json' }),
    } as const;
    const { runs } = JSON.parse(reportSarif(report, spec, { rules: handoverRules() }));
    const [{ results, tool }] = runs;
    const of = (rule: string) => results.find(({ ruleId }: { readonly ruleId: string }) => ruleId === rule);
    const nonce = of('api/nonce');
    expect([nonce.kind, nonce.level]).toEqual(['fail', 'error']);
    expect(nonce.message.text).toMatch(/^api n0, RELEASE: .*\n.*--waive "api\/nonce:n0=REASON"$/s);
    expect(nonce.locations[0].physicalLocation.artifactLocation.uri).toBe('shop.json');
    expect(tool.driver.rules[nonce.ruleIndex].id).toBe('api/nonce');
    expect(of('domain/ocsp').suppressions).toEqual([
      { kind: 'inSource', status: 'accepted', justification: 'no caller has a certificate' },
    ]);
    const { counts, items } = mixed();
    const suites = junitSuites(report, { failOn: 'unknown', name: 'postern handover assess' });
    expect(suites).toMatchObject({
      name: 'postern handover assess',
      tests: items.length,
      failures: counts.blocked,
      errors: counts.unknown,
      skipped: counts.changed + counts.waived,
    });
  });
});
