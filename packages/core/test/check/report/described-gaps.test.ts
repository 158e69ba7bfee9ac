import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { ReportGap } from '../../../src/do/findings/finding.js';
import type { Spec } from '../../../src/do/spec.js';
import { reportJson } from '../../../src/check/report/json.js';
import { junitSuites } from '../../../src/check/report/junit.js';
import { reportMarkdown } from '../../../src/check/report/markdown.js';
import { reportSarif } from '../../../src/check/report/sarif.js';
import { reportText } from '../../../src/check/report/text.js';
import { report } from './sample.js';
import { rulesOf } from '../../../src/check/checks/registry.js';

const SPEC: Spec = { version: 1, project: 'shop', spec: 'shop', links: {}, integrations: {} };

/** One refused call, because of which three lists are incomplete. */
const of = (list: ReportGap['of'], more: Partial<ReportGap> = {}): ReportGap => ({
  provider: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  what: 'VPC links',
  operation: 'GetVpcLinks',
  code: 'PERMISSION_DENIED',
  permission: 'apigateway:GET',
  of: list,
  ...more,
});
const refused = [of('links'), of('allowlists'), of('egress')];
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('what could not be read', () => {
  const one = report([], { gaps: refused });

  it.each<[string, string]>([
    ['text', reportText(one)],
    ['Markdown', reportMarkdown(one)],
    ['SARIF', reportSarif(one, SPEC, { rules: rulesOf(CLOUDS) })],
    ['JUnit', JSON.stringify(junitSuites(one))],
  ])('is reported once in %s, however many lists are incomplete', (_, text) => {
    expect(count(text, 'GetVpcLinks returned')).toBe(1);
  });

  it('is listed with each list in JSON', () => {
    expect((JSON.parse(reportJson(one)) as { gaps: unknown[] }).gaps).toEqual(refused);
  });

  it.each<[string, Partial<ReportGap>]>([
    ['in another region', { region: 'eu-central-1' }],
    ['in another account', { account: '444455556666' }],
    ['for another reason', { code: 'THROTTLED' }],
    ['of another fact', { what: 'VPC link abc123' }],
  ])('is reported separately %s', (_, more) => {
    const two = reportText(report([], { gaps: [...refused, of('links', more)] }), { width: 200 });
    expect(count(two, 'GetVpcLinks returned')).toBe(2);
  });
});
