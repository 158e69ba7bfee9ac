import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import type { Snapshot } from '@postern/core';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { planText, type Resource } from './shop-plan.js';

type Values = Readonly<Record<string, unknown>>;
type Region = Snapshot['regions'][number];

const base = JSON.parse(
  readFileSync(new URL('../../../../examples/terraform/base.json', import.meta.url), 'utf8'),
) as Snapshot;
const REGION = base.regions[0]!;

function judged(resources: readonly Resource[], edit: (region: Region) => object): PlanJudgement {
  const snapshot = { ...base, regions: [{ ...REGION, ...edit(REGION) }] } as Snapshot;
  return judgeTerraform(readTerraform(planText(resources)), snapshot, { plans: [plans], region: 'eu-west-1' });
}

const changed = (address: string, before: Values, after: Values, refs = {}): Resource => ({
  address,
  actions: ['update'],
  before,
  after,
  refs,
});
const deleted = (address: string, before: Values): Resource => ({ address, actions: ['delete'], before });
const created = (address: string, after: Values, refs = {}): Resource => ({ address, after, refs });
const replaced = (address: string, before: Values, after: Values, refs = {}): Resource => ({
  ...changed(address, before, after, refs),
  actions: ['delete', 'create'],
});

interface Row {
  readonly why: string;
  readonly plan: readonly Resource[];
  readonly before?: 'fail';
  readonly after: 'pass' | 'fail' | 'unknown';
  readonly edit?: (region: Region) => object;
  /** What the report has to say. */
  readonly says?: string;
}

function table(rows: readonly Row[], edit: (region: Region) => object = () => ({})): void {
  it.each(rows.map((row): [string, Row] => [`${row.after}: ${row.why}`, row]))(
    '%s',
    (_, { plan, before = 'pass', after, says, ...row }) => {
      const { integrations, findings } = judged(plan, (region) => ({ ...edit(region), ...row.edit?.(region) }));
      expect(integrations, JSON.stringify(findings, null, 1)).toMatchObject([{ before, after }]);
      if (says !== undefined) expect(JSON.stringify({ integrations, findings })).toContain(says);
    },
  );
}

describe('the certificates of a listener', () => {
  const [{ id: LISTENER, loadBalancerId, actions }] = REGION.listeners as unknown as readonly [
    Region['listeners'][number],
  ];
  const certificate = (name: string): string => `arn:aws:acm:eu-west-1:111122223333:certificate/${name}`;
  const [OTHER, WEB] = [certificate('other'), certificate('web')];
  const withTls = ({ listeners, targets, gateways }: Region): object => ({
    listeners: listeners.map((one) => ({ ...one, protocol: 'HTTPS', certificateIds: [OTHER, WEB] })),
    targets: targets.map((one) => ({ ...one, protocol: 'HTTPS' })),
    gateways: gateways.map((one) => ({
      ...one,
      routes: one.routes.map((route) => ({ ...route, tls: { serverName: 'web.example.com' } })),
    })),
    certificates: ['other', 'web'].map((name) => ({
      id: certificate(name),
      names: [`${name}.example.com`],
      valid: true,
      issuer: 'public',
    })),
  });
  const listener = {
    id: LISTENER,
    arn: LISTENER,
    load_balancer_arn: loadBalancerId,
    port: 80,
    protocol: 'HTTPS',
    certificate_arn: OTHER,
    default_action: [{ type: 'forward', target_group_arn: actions?.[0]?.targetGroupIds?.[0] }],
  };
  const HTTPS = 'aws_lb_listener.https';
  const ADDED = 'aws_lb_listener_certificate.web';
  const added = { id: `${LISTENER}_${WEB}`, listener_arn: LISTENER, certificate_arn: WEB };
  const requested = { domain_name: 'web.example.com', validation_method: 'DNS' };
  const NEW = { certificate_arn: ['aws_acm_certificate.new.arn', 'aws_acm_certificate.new'] };
  const { certificate_arn: _, ...unknown } = listener;
  const takesNew = changed(HTTPS, listener, unknown, NEW);
  table(
    [
      {
        why: 'another policy',
        plan: [changed(HTTPS, listener, { ...listener, ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' })],
        after: 'pass',
      },
      {
        why: 'another default certificate',
        plan: [changed(HTTPS, listener, { ...listener, certificate_arn: WEB })],
        after: 'pass',
      },
      { why: 'an additional one is taken away', plan: [deleted(ADDED, added)], after: 'fail', says: ADDED },
      {
        why: 'it is added',
        plan: [created(ADDED, { listener_arn: LISTENER, certificate_arn: WEB })],
        before: 'fail',
        after: 'pass',
        edit: (region) => ({
          listeners: region.listeners.map((one) => ({ ...one, protocol: 'HTTPS', certificateIds: [OTHER] })),
        }),
      },
      {
        why: 'it is replaced',
        plan: [
          replaced('aws_acm_certificate.new', { ...requested, id: WEB, arn: WEB }, { ...requested }),
          created('aws_acm_certificate_validation.new', {}, NEW),
          replaced(ADDED, added, { listener_arn: LISTENER }, NEW),
        ],
        after: 'pass',
        says: 'calls fail in between',
      },
      {
        why: 'a new one that is not validated',
        plan: [created('aws_acm_certificate.new', requested), takesNew, deleted(ADDED, added)],
        after: 'fail',
        says: 'PENDING_VALIDATION',
      },
      {
        why: 'a new one that is validated',
        plan: [
          created('aws_acm_certificate.new', requested),
          created('aws_acm_certificate_validation.new', {}, NEW),
          takesNew,
          deleted(ADDED, added),
        ],
        after: 'pass',
      },
      {
        why: 'an unknown one',
        plan: [changed(ADDED, added, { listener_arn: LISTENER }, { certificate_arn: ['var.certificate'] })],
        after: 'unknown',
        says: `the certificate of ${ADDED}`,
      },
    ],
    withTls,
  );
});
