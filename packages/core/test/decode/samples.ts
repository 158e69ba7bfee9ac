import type { PlanFinding } from '../../src/do/findings/finding.js';
import type { Plan } from '../../src/do/plan/plan.js';
import { snapshotForm } from '../../src/do/snapshot/snapshot-form.js';
import type { RegionSnapshot, Snapshot } from '../../src/do/snapshot/snapshot.js';

const at = '2026-06-01T00:00:00.000Z';

/** Texts of each pattern, and of the members that are read together with others. */
const FORMED = [at, '10.0.0.0/16', '10.0.0.4', 'tcp'];
const NAMED: Readonly<Record<string, string>> = {
  provider: 'aws',
  product: 'api-gateway',
  region: 'eu-west-1',
  account: '111122223333',
  peerAccount: '444455556666',
};

/** A value of a form with every member, and one item in each list. A text says where it is: `linkId-1`, the ID `subnets-1`. */
function sampleOf(schema: any, name: string): unknown {
  if ('const' in schema) return schema.const;
  if ('enum' in schema) return schema.enum[0];
  if ('anyOf' in schema) return sampleOf(schema.anyOf[0], name);
  if ('prefixItems' in schema) return schema.prefixItems.map((item: unknown, at: number) => sampleOf(item, name + at));
  if ('items' in schema) return [sampleOf(schema.items, name)];
  if ('properties' in schema) {
    const members = Object.entries(schema.properties).map(([key, of]) => [
      key,
      sampleOf(of, key === 'id' ? name : key),
    ]);
    return Object.fromEntries(members);
  }
  if ('additionalProperties' in schema) return { team: sampleOf(schema.additionalProperties, name) };
  if ('pattern' in schema) return FORMED.find((text) => new RegExp(schema.pattern).test(text));

  const plain = { boolean: true, integer: 443, number: 443, string: NAMED[name] ?? `${name}-1` };
  return plain[schema.type as keyof typeof plain] ?? { VpcLinkId: 'abc123', nested: [{ deep: null }] };
}

/** With every member of its form. */
export const FULL_SNAPSHOT = sampleOf(snapshotForm.schema, 'snapshot') as Snapshot;
export const FULL_REGION = FULL_SNAPSHOT.regions[0] as RegionSnapshot;

/** With every member. */
const FINDING: PlanFinding = {
  check: 'target/healthy',
  code: 'UNHEALTHY',
  verdict: 'fail',
  severity: 'error',
  integration: 'orders',
  about: [{ kind: 'target', id: 'orders', label: 'target orders' }],
  subject: 'target orders',
  params: { healthy: 0, all: ['10.0.1.10'] },
  message: 'm',
  evidence: [{ kind: 'target group', id: 'tg-1', text: 't', hop: 'target health', verdict: 'fail', code: 'C' }],
  remedy: 'r',
  mendedBy: 'apply',
  suppressed: { reason: 'known', until: '2027-01-01' },
  mended: true,
  ignored: true,
};

export const FULL_PLAN: Plan = {
  version: 1,
  project: 'shop',
  goal: 'apply',
  takenAt: at,
  fingerprint: '0123456789abcdef',
  options: { all: true, prune: false, replaceFailed: true, deleteInstances: ['apigateway-hz-1'] },
  units: [
    {
      id: 'link:eu',
      kind: 'link',
      name: 'eu',
      provider: 'aws',
      region: 'eu-west-1',
      account: '111122223333',
      dependsOn: ['link:cn'],
      steps: [
        {
          id: 'create link eu',
          kind: 'create',
          resource: { type: 'link', name: 'eu', id: 'abc123' },
          reason: 'It does not exist.',
          changes: [{ field: 'name', from: 'a', to: null }],
          warning: 'Nobody sells it any more.',
          drainMs: 35_000,
          input: { subnetIds: ['subnet-a'], nested: { a: [1, true, null] } },
        },
      ],
    },
  ],
  notes: ['foreign route ANY /x'],
  unchanged: 3,
  findings: [FINDING],
  otherFindings: 2,
};
