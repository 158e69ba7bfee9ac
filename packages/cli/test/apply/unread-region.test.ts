import { describe, expect, it } from 'vitest';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** The maps `links` and `integrations` of two specs in one. */
function joined(one: string, other: string): string {
  const [head = '', links = '', integrations = ''] = one.split(/^(?:links|integrations):\n/m);
  const [, otherLinks = '', otherIntegrations = ''] = other
    .replaceAll('main', 'cn')
    .replace(/^ {2}orders:$/m, '  bills:')
    .split(/^(?:links|integrations):\n/m);
  return `${head}links:\n${links}${otherLinks}integrations:\n${integrations}${otherIntegrations}`;
}

describe('D16d: one of two regions cannot be read', () => {
  it('applies the other one, names the region that was skipped, and exits with 1', async () => {
    const server = await cloud();
    const spec = joined(specOf(await network(server)), alibabaSpec(await alibabaNetwork(server)));
    const cwd = folder({ 'postern.yaml': spec });
    const postern = (...argv: readonly string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
    const { faults } = server.simulation;
    faults.add({ operation: 'DescribeInstances', kind: 'throttle' });

    const planned = await postern('plan', '--detailed-exitcode');
    expect(planned).toMatchObject({ status: 1 });
    expect(planned.out).toMatch(/alibaba cn-hangzhou .*could not be read \(THROTTLED\): link cn, integration bills/);
    expect(planned.out).not.toContain('link:cn');
    expect(planned.err).toMatch(
      /^error THROTTLED: alibaba cn-hangzhou .* was left out: .*\n {2}postern\.yaml:\d+:\d+\n {2}\w/m,
    );

    const applied = await postern('apply', '--yes');
    expect(applied).toMatchObject({ status: 1 });
    expect(applied.err).toMatch(/error THROTTLED: alibaba cn-hangzhou .* was left out/);
    expect(applied.out).toContain('0 unchanged');
    const checked = await postern('check', '--json');
    const { findings } = JSON.parse(checked.out) as { findings: { integration?: string; verdict: string }[] };
    expect(findings.filter(({ integration }) => integration === 'bills').map(({ verdict }) => verdict)).toContain(
      'unknown',
    );

    faults.clear();
    const rest = await postern('plan');
    expect(rest).toMatchObject({ status: 0 });
    expect(rest.out).toContain('link:cn');
    expect(rest.out).not.toContain('link:main');
    expect(await postern('apply', '--yes', '--allow-purchase')).toMatchObject({ status: 0 });
  });
});
