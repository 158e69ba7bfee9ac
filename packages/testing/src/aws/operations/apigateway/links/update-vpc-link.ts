import type { UpdateVpcLinkRequest, VpcLink } from '@aws-sdk/client-api-gateway';
import { getVpcLink } from '../../../rest-api/find.js';
import { patched, PATCH_LIMITS, textMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { checkName } from '../../../rest-api/vpc-link/new-link.js';
import { LINK_WORDS } from '../../../rest-api/vpc-link/words.js';
import type { VpcLinkV1Row } from '../../../state/rest-api-state.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<VpcLinkV1Row['fields']> = {
  '/name': { ops: ['replace'], apply: (row, { value }) => ({ ...row, name: checkName(value) }) },
  '/description': textMember('description'),
};

/** Changes a V1 link's name and description. Its target never changes. */
export const updateVpcLink = restOperation<UpdateVpcLinkRequest, VpcLink>({
  name: 'UpdateVpcLink',
  kind: 'write',
  limits: PATCH_LIMITS,
  run(call, { vpcLinkId, patchOperations }) {
    const row = getVpcLink(call, vpcLinkId);
    if (patchOperations?.some(({ path }) => /^\/targetArns(\/|$)/.test(path ?? ''))) throw LINK_WORDS.targetsFixed();
    const fields = patched(row.fields, patchOperations, TABLE);
    call.state.restApi.vpcLinks.set(fields.id, { ...row, fields });
    return { ...fields, tags: { ...row.tags } };
  },
});
