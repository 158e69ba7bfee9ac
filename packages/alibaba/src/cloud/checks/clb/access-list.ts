import {
  blockSet,
  classicTargets,
  defineCheck,
  listenerEvidence,
  readBlock,
  settingsMissing,
  sourceOf,
} from '@postern/core/checks';

/** `target/access-list`. */
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
  codes: ['LIST_NOT_READ', 'NO_LIST', 'LIST_REFUSES', 'LIST_ADMITS'],
  *run(input, say) {
    for (const { integration, about, backend, balancer } of classicTargets(input)) {
      const { link } = integration;
      const found = backend.listener;
      if (found.is !== 'found') continue;
      const listener = found.value;
      const { accessControl } = listener;
      if (accessControl === undefined) {
        const missing = settingsMissing(link.region, listener);
        if (missing !== undefined)
          yield say.unknown(
            about,
            'LIST_NOT_READ',
            { port: listener.port, balancer: balancer.id, link: link.name },
            missing,
            (p) => ({ whether: listNotRead(p), evidence: [listenerEvidence(listener)] }),
          );
        else {
          yield say.pass(
            about,
            'NO_LIST',
            () => ({ port: listener.port, balancer: balancer.id }),
            (p) => ({
              message: `the listener on port ${p.port} of ${p.balancer} has no access control list`,
              evidence: [listenerEvidence(listener)],
            }),
          );
        }
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
        yield say.unknown(
          about,
          'LIST_NOT_READ',
          { port: listener.port, balancer: balancer.id, link: link.name },
          missing,
          (p) => ({ whether: listNotRead(p), evidence: [listenerEvidence(listener, `lists ${lists}`)] }),
        );
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
        yield say.unknown(
          about,
          'LIST_NOT_READ',
          { port: listener.port, balancer: balancer.id, link: link.name },
          { what, remedy: `Correct the entry ${JSON.stringify(strange)} of ${lists}.` },
          (p) => ({ whether: listNotRead(p), evidence }),
        );
        continue;
      }
      if (refused.length > 0) {
        yield say.fail(
          about,
          'LIST_REFUSES',
          {
            lists,
            balancer: balancer.id,
            refusedFrom: refused.map(({ text, of }) => `${text} (${of})`),
            link: link.name,
            kind,
            refused: refused.map(({ text }) => text),
            entries: entriesAbout(cidrBlocks, refused),
          },
          (p) => ({
            message: `the access control list ${p.lists} of ${p.balancer} rejects calls of link ${p.link} from ${p.refusedFrom.join(' and ')}`,
            remedy:
              p.kind === 'allow'
                ? `Add ${p.refused.join(' and ')} to ${p.lists}.`
                : `Remove ${p.entries.join(' and ')} from ${p.lists}.`,
            evidence,
          }),
        );
      } else if (source.missing !== undefined)
        yield say.unknown(
          about,
          'LIST_NOT_READ',
          { port: listener.port, balancer: balancer.id, link: link.name },
          source.missing,
          (p) => ({ whether: listNotRead(p), evidence }),
        );
      else {
        yield say.pass(
          about,
          'LIST_ADMITS',
          () => ({ lists, balancer: balancer.id, link: link.name }),
          (p) => ({
            message: `the access control list ${p.lists} of ${p.balancer} allows inbound calls from link ${p.link}`,
            evidence,
          }),
        );
      }
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

function listNotRead({
  port,
  balancer,
  link,
}: {
  readonly port: number;
  readonly balancer: string;
  readonly link: string;
}): string {
  return `the listener on port ${port} of ${balancer} allows inbound calls from link ${link}`;
}
