import {
  aboutGateway,
  addressesOf,
  allowlistOf,
  backendOf,
  blockSet,
  fail,
  migrationCheck,
  pass,
  readAddress,
  standsInSubnets,
  thing,
  unknown,
  useEvidence,
  usesText,
} from '@postern/core/internal/checks';

export const migrateAccessibleBlocks = migrationCheck({
  id: 'migrate/accessible-blocks',
  severity: 'error',
  title: 'Every backend is inside the accessible blocks of the target instance',
  about:
    'The service checks the private address of each backend: in authorizations, URLs, plug-ins and named backends, in drafts and in published versions. It refuses the move if an address is outside the accessible blocks of the target instance: "instance cannot connect the backend x.x.x.x".',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  back: 'always',
  codes: {
    BLOCKS_NOT_READ: unknown('{target} is inside the accessible blocks of {id}'),
    INSIDE_BLOCKS: pass('{target} is inside the accessible blocks of {id}: {addresses}'),
    OUTSIDE_BLOCKS: fail(
      '{target} [if isAddress: is|has the address {outside}, which is] outside the accessible blocks of {id}: the service refuses the move with "instance cannot connect the backend {outside}"[if hasUse:  because of {useText}]',
      // The command, which accepts only an instance that a spec declares, and the service's own call.
      'Add {block} to the accessible blocks of {id} before the move: postern allow {id} {block}. If no spec declares the instance, call ModifyInstanceAttribute with ToConnectVpcIpBlock {given}.',
    ),
  },
  *run({ region, to, future, backends, gateway }, say) {
    if (to.link === undefined || !standsInSubnets(to)) return;

    const { id } = to.link;
    const allowlist = allowlistOf(region, id);
    const missing = region.missing('allowlists', id);
    const blocks = allowlist?.entries.map(({ cidrBlock }) => cidrBlock) ?? [];
    const set = blockSet(blocks);
    const usesOf = new Map(backends.flatMap(({ targets, uses }) => targets.map((name) => [name, uses] as const)));
    for (const view of future.targets) {
      const backend = backendOf(future, view);
      if (backend === undefined) continue;
      // `migrate/network` reports a backend of another network; its addresses have no meaning in this one.
      if (view.target?.networkId !== undefined && to.networkId !== undefined && view.target.networkId !== to.networkId)
        continue;

      const uses = usesOf.get(view.name) ?? [];
      const about = aboutGateway(gateway, thing('backend', view.name));
      const found = addressesOf(backend);
      if (found.is === 'absent') continue; // other checks report that the backend does not exist
      if (allowlist === undefined || missing !== undefined || found.is === 'unknown') {
        const fact =
          missing ??
          (found.is === 'unknown'
            ? found.missing
            : { what: `the accessible blocks of ${id}`, remedy: 'Take the snapshot again with `postern snapshot`.' });
        yield say.BLOCKS_NOT_READ(about, { target: view.name, id }, fact);
        continue;
      }

      const outside = found.value.find((text) => {
        const address = readAddress(text);
        return address === undefined || !set.has(address);
      });
      if (outside === undefined) {
        yield say.INSIDE_BLOCKS(about, { target: view.name, id, addresses: found.value }, useEvidence(uses));
        continue;
      }

      const block = `${outside}/${outside.includes(':') ? 128 : 32}`;
      yield say.OUTSIDE_BLOCKS(
        about,
        {
          target: view.name,
          isAddress: view.name.includes(outside),
          outside,
          id,
          hasUse: uses.length > 0,
          useText: usesText(uses),
        },
        {
          evidence: [
            { kind: 'address', id: outside, text: `of ${backend.id}` },
            ...blocks.map((text) => ({ kind: 'accessible block', id: text, text: `of ${id}` })),
            ...useEvidence(uses),
          ],
          words: { block, given: JSON.stringify({ CidrBlock: block, Customized: true }) },
        },
      );
    }
  },
});
