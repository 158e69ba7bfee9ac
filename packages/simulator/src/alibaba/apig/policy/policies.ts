import type { AlibabaCall } from '../../operation/call.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { gatewayOfEnvironment } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import type { PolicyAttachmentRow, PolicyRow } from '../state.js';
import { findPolicyClass } from './classes.js';

/** What a policy is attached to, as requests write it. */
export interface GivenAttachment {
  readonly attachResourceType?: string | undefined;
  readonly attachResourceId?: string | undefined;
  readonly attachResourceIds?: readonly string[] | undefined;
  readonly environmentId?: string | undefined;
  readonly gatewayId?: string | undefined;
}

/** @throws {AlibabaError} `InvalidParameter` for a class that is not one, and for a text that is not a JSON object */
export function checkPolicy(className: string, config: string): void {
  if (!findPolicyClass(className)) throw refusals.invalid('className');
  if (readConfig(config) === undefined) throw refusals.invalid('config', 'It is a JSON object, written as a text.');
}

/** The configuration of a policy; undefined for a text that is none. */
export function readConfig(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Attaches a policy. @throws {AlibabaError} `InvalidParameter`, and those of a resource that does not exist */
export function attach(call: AlibabaCall, policy: PolicyRow, given: GivenAttachment): PolicyAttachmentRow {
  const { attachResourceType = '', attachResourceId, attachResourceIds = [], environmentId = '' } = given;
  const types = findPolicyClass(policy.className)?.attachableResourceTypes ?? [];
  if (!types.includes(attachResourceType)) {
    throw refusals.invalid('attachResourceType', `${policy.className} is attached to ${types.join(', ')}.`);
  }
  const resourceIds = attachResourceId === undefined ? attachResourceIds : [attachResourceId];
  if (resourceIds.length === 0) throw refusals.invalid('attachResourceIds', 'It is required.');
  for (const id of resourceIds) checkResource(call.state, attachResourceType, id);
  const named = [given.gatewayId, environmentId].find((id) => id !== undefined && id !== '');
  const gateway = named === undefined ? undefined : gatewayOfEnvironment(call.state, named);
  const row: PolicyAttachmentRow = {
    id: call.id('pr-', 20),
    policyId: policy.id,
    resourceType: attachResourceType,
    resourceIds,
    environmentId: gateway?.environmentId ?? '',
    gatewayId: gateway?.id ?? '',
  };
  call.state.apig.policyAttachments.set(row.id, row);
  return row;
}

function checkResource({ apig }: AlibabaRegionState, type: string, id: string): void {
  const rows: Readonly<Record<string, ReadonlyMap<string, unknown>>> = {
    HttpApi: apig.apis,
    Operation: apig.operations,
    GatewayRoute: apig.routes,
    GatewayService: apig.services,
    Gateway: apig.gateways,
    Domain: apig.domains,
  };
  const of = rows[type];
  if (of && !of.has(id)) throw refusals.invalid('attachResourceId', `The ${type} ${id} does not exist.`);
}

/** The attachments of a policy. */
export const attachmentsOf = ({ apig }: AlibabaRegionState, policyId: string): readonly PolicyAttachmentRow[] =>
  [...apig.policyAttachments.values()].filter((row) => row.policyId === policyId);

export const attachmentView = (row: PolicyAttachmentRow) => ({
  policyAttachmentId: row.id,
  attachResourceType: row.resourceType,
  attachResourceId: row.resourceIds[0] ?? '',
  attachResourceIds: row.resourceIds,
  environmentId: row.environmentId,
  gatewayId: row.gatewayId,
});

export const policyView = (row: PolicyRow) => ({
  policyId: row.id,
  name: row.name,
  className: row.className,
  config: row.config,
  description: row.description,
});

/** Removes a policy with all its attachments, or one attachment; a policy without any is removed. */
export function removePolicy({ apig }: AlibabaRegionState, policyId: string, attachmentId?: string): void {
  const all = [...apig.policyAttachments.values()].filter((row) => row.policyId === policyId);
  const gone = attachmentId === undefined || attachmentId === '' ? all : all.filter(({ id }) => id === attachmentId);
  if (attachmentId !== undefined && attachmentId !== '' && gone.length === 0) {
    throw refusals.missing('policy attachment', attachmentId);
  }
  for (const { id } of gone) apig.policyAttachments.delete(id);
  if (gone.length === all.length) apig.policies.delete(policyId);
}
