import type { IntegrationView, TargetView } from '../checks/check.js';
import { admissionOf, entranceOf } from '../checks/words/admission.js';
import { backendOf, listenerOf } from '../checks/words/backend.js';
import { blockSet, readBlock } from '../checks/words/block-set.js';
import { guardsOf } from '../checks/words/guards.js';
import { sourceOf } from '../checks/words/source.js';

/** The lists of a cloud's own that a backend lets callers in by, with what each lacks. */
export interface BackendLists {
  readonly port: number | undefined;
  readonly securityGroups: readonly Lacking[];
  /** Access control lists of a CLB listener that lets in only what they hold. */
  readonly accessLists: readonly Lacking[];
}

interface Lacking {
  readonly id: string;
  /** Of the new blocks; or the link's own security group, where rules may name it. */
  readonly sources: readonly string[];
}

/** Where entries for a backend go. A list that could not be read is taken to lack all. */
export function listsOfBackend(integration: IntegrationView, view: TargetView): BackendLists {
  const { ref } = view.spec;
  const given = 'port' in ref ? ref.port : view.target?.port;
  const backend = backendOf(integration, view);
  if (backend === undefined) return { port: given, securityGroups: [], accessLists: [] };
  const source = sourceOf(integration.link);
  const next = [...new Set(source.blocks.map(({ text }) => text))].toSorted();
  const securityGroups = guardsOf(integration, view, backend).guards.flatMap((guard) => {
    const [id] = guard.groupIds;
    const { admitted } = admissionOf(entranceOf(guard), source);
    const lacking = next.filter((block) => !admitted.includes(block));
    if (id === undefined || lacking.length === 0) return [];
    // On AWS the link's group is what stays; blocks of its subnets let in more than the link.
    const [own] = integration.link.region.region.provider === 'aws' ? source.groupIds : [];
    return [{ id, sources: own === undefined ? lacking : [own] }];
  });
  if (backend.kind !== 'balancer') return { port: given, securityGroups, accessLists: [] };
  const listener = listenerOf(integration.link.region, view, backend);
  const control = listener.is === 'found' ? listener.value.accessControl : undefined;
  const set = blockSet(control?.cidrBlocks ?? []);
  const lacking = next.filter((text) => {
    const block = readBlock(text);
    return block === undefined || !set.has(block);
  });
  const [list] = control?.kind === 'allow' ? control.ids : [];
  return {
    port: given ?? backend.port,
    securityGroups,
    accessLists: list === undefined || lacking.length === 0 ? [] : [{ id: list, sources: lacking }],
  };
}
