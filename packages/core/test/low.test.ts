import { FAKES } from './clouds.js';
import { describe, expect, it } from 'vitest';
import * as moves from '../src/internal/moves.js';
import * as plan from '../src/internal/plan.js';
import * as report from '../src/internal/report.js';
import * as snapshot from '../src/internal/snapshot.js';
import * as core from '../src/internal/library.js';
import { REMEDIES } from '../src/ground/remedies.js';
import { ruleEvidence } from '../src/do/findings/evidence.js';
import { FOREIGN_ROUTE_REMEDY } from '../src/do/world/routes/route-differences.js';
import type { Driver } from '../src/internal/library.js';

describe('the library', () => {
  it('Low: a malformed route key is refused before any call', async () => {
    const gate = new core.PrivateIntegrations(
      {
        provider: 'aws',
        cloud: FAKES['aws'],
        region: 'eu-west-1',
        serves: { links: [], gateways: ['http-api'] },
      } as unknown as Driver,
      { project: 'shop' },
    );
    const target = { name: 'orders', linkId: 'l', ref: { address: '10.0.0.1', port: 80 } } as never;
    await expect(gate.ensureRoute('api', 'orders', target)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('"orders" is not a valid route key'),
    });
  });

  it('Low: functions that return text are named after their subject, then the format', () => {
    const all = Object.keys({ ...plan, ...report, ...snapshot, ...moves });
    const names = all.filter((name) => /(?:Text|Markdown|Json|Html|Sarif)$/.test(name));
    for (const name of ['planText', 'explainText', 'snapshotDiffText', 'reportText', 'reportMarkdown', 'reportJson'])
      expect(names).toContain(name);
    expect(all.filter((name) => /^render|Report$/.test(name) && !/^(?:as|counted|shown)Report$/.test(name))).toEqual(
      [],
    );
  });

  it('Low: the remedy for an unmanaged route names the call of a program', () => {
    expect(FOREIGN_ROUTE_REMEDY).toContain('do not call `ensureRoute`');
    expect(REMEDIES.ALREADY_EXISTS).not.toContain('owner');
  });

  it('Low: port ranges are written with a hyphen', () => {
    const rule = { direction: 'in', protocol: 'tcp', fromPort: 80, toPort: 90, cidrBlock: '10.0.0.0/8' } as never;
    expect(ruleEvidence({ id: 'sg-1' }, rule).text).toBe('in tcp 80-90 from 10.0.0.0/8 (sg-1)');
  });
});
