import {
  blockSet,
  classicTargets,
  defineCheck,
  fail,
  listenerEvidence,
  pass,
  readBlock,
  settingsMissing,
  sourceOf,
  unknown,
  aboutTarget,
  balancerEvidence,
} from '@postern/core/internal/checks';

export const targetAccessList = defineCheck({
  id: 'target/access-list',
  severity: 'error',
  title: 'The access control list of the CLB listener allows inbound calls from the link',
  about:
    'A listener of a CLB instance can have an access control list. An allow list allows only the CIDR blocks in it; ' +
    'an empty one allows all callers. A deny list rejects the CIDR blocks in it. ' +
    'For an integration instance, the list is compared with the CIDR blocks of its vSwitches. ' +
    'For a conventional instance, it is compared with the CIDR blocks that the cloud reports for the instance. ' +
    'While the instance type is being changed, these are both the old and the new blocks.',
  sources: [
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/overview-of-access-control',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    LIST_NOT_READ: unknown('the listener on port {port} of {balancer} allows inbound calls from link {link}'),
    NO_LIST: pass('the listener on port {port} of {balancer} has no access control list'),
    LIST_REFUSES: fail(
      'the access control list {lists} of {balancer} rejects calls of link {link} from {refusedFrom:and}',
      '[if kind=allow: Add {refused:and} to {lists}.|Remove {entries:and} from {lists}.]',
    ),
    LIST_ADMITS: pass('the access control list {lists} of {balancer} allows inbound calls from link {link}'),
  },
  *run(input, say) {
    for (const { integration, about, backend, balancer } of classicTargets(input)) {
      const { link } = integration;
      const found = backend.listener;
      if (found.is !== 'found') continue;

      const listener = found.value;
      const { accessControl } = listener;
      const on = { port: listener.port, balancer: balancer.id, link: link.name };
      if (accessControl === undefined) {
        const missing = settingsMissing(link.region, listener);
        const given = [listenerEvidence(listener)];
        if (missing !== undefined) yield say.LIST_NOT_READ(about, on, missing, given);
        else yield say.NO_LIST(about, { port: listener.port, balancer: balancer.id }, given);
        continue;
      }

      const { ids, kind, cidrBlocks } = accessControl;
      const lists = ids.join(', ') || listener.id;
      if (cidrBlocks === undefined) {
        const missing = link.region.missing('listeners', listener.id) ?? {
          what: `the entries of ${lists}`,
          remedy: 'Allow slb:DescribeAccessControlListAttribute for these credentials, then take the snapshot again.',
          permission: 'slb:DescribeAccessControlListAttribute',
        };
        yield say.LIST_NOT_READ(about, on, missing, [listenerEvidence(listener, `lists ${lists}`)]);
        continue;
      }

      const source = sourceOf(link);
      const set = blockSet(cidrBlocks);
      const evidence = [
        {
          kind: 'access control list',
          id: lists,
          text: `${kind === 'allow' ? 'allows' : 'denies'} ${cidrBlocks.join(', ') || 'nothing'}`,
        },
      ];
      const refused = source.blocks.filter(({ text }) => {
        const block = readBlock(text);
        if (block === undefined) return false;

        return kind === 'allow' ? cidrBlocks.length > 0 && !set.has(block) : set.containment(block) !== 'outside';
      });
      const strange = cidrBlocks.find((text) => readBlock(text) === undefined);
      if (strange !== undefined && (kind === 'deny' ? refused.length === 0 : refused.length > 0)) {
        const what = `the meaning of the entry ${JSON.stringify(strange)} of ${lists}`;
        const missing = { what, remedy: `Correct the entry ${JSON.stringify(strange)} of ${lists}.` };
        yield say.LIST_NOT_READ(about, on, missing, evidence);
        continue;
      }

      if (refused.length > 0) {
        const refusedFrom = refused.map(({ text, of }) => `${text} (${of})`);
        yield say.LIST_REFUSES(
          about,
          {
            lists,
            balancer: balancer.id,
            refusedFrom,
            link: link.name,
            kind,
            refused: refused.map(({ text }) => text),
            entries: entriesAbout(cidrBlocks, refused),
          },
          evidence,
        );
      } else if (source.missing !== undefined) yield say.LIST_NOT_READ(about, on, source.missing, evidence);
      else yield say.LIST_ADMITS(about, { lists, balancer: balancer.id, link: link.name }, evidence);
    }
  },
});

/** The entries of a list that contain an address of some blocks. */
function entriesAbout(entries: readonly string[], blocks: readonly { readonly text: string }[]): readonly string[] {
  const set = blockSet(blocks.map(({ text }) => text));
  return entries.filter((text) => {
    const block = readBlock(text);
    return block !== undefined && set.containment(block) !== 'outside';
  });
}

export const targetIntranet = defineCheck({
  id: 'target/intranet',
  severity: 'error',
  title: 'The CLB instance is internal',
  about:
    'An authorization can refer only to ECS instances and internal CLB instances. An internet-facing CLB instance has no address in the VPC, and calls to it fail. (An internet-facing load balancer of AWS can be called: see `target/exposed`.)',
  sources: ['https://www.alibabacloud.com/help/doc-detail/179362.htm'],
  codes: {
    INTERNAL: pass('{balancer} is an internal CLB instance'),
    SCHEME_NOT_READ: unknown('{balancer} is an internal CLB instance'),
    PUBLIC: fail(
      '{balancer} is internet-facing and has no address in the VPC',
      'Write an internal CLB instance of {networkId|the VPC} as the target {target}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, balancer } of classicTargets(input)) {
      const about = aboutTarget(integration, target);
      const evidence = [balancerEvidence(balancer)];
      if (balancer.scheme === 'internal') {
        yield say.INTERNAL(about, { balancer: balancer.id }, evidence);
      } else if (balancer.scheme === undefined) {
        const what = `the address type of ${balancer.id}`;
        const remedy = `Check the address type of ${balancer.id}.`;
        const missing = integration.link.region.missing('loadBalancers', balancer.id) ?? { what, remedy };
        yield say.SCHEME_NOT_READ(about, { balancer: balancer.id }, missing, evidence);
      } else {
        yield say.PUBLIC(
          about,
          { balancer: balancer.id, networkId: integration.link.networkId, target: target.name },
          evidence,
        );
      }
    }
  },
});
