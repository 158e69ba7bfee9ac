import { family, getVpcLink, listPage } from '../collection.js';
import { rule, patched, textMember, type PatchTable } from '../patch.js';
import { startDeletion, startProvisioning, checkName, newLink, checkUnused, LINK_WORDS } from '../vpc-link.js';
import type { VpcLinkV1Row } from '../state.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<VpcLinkV1Row['fields']> = {
  '/name': rule(['replace'], (row, { value }) => ({ ...row, name: checkName(value) })),
  '/description': textMember('description'),
};

export const vpcLinkOperations = family({
  /**
   * Creates a V1 link: PENDING at first, AVAILABLE or FAILED after minutes. A name may be used twice.
   * Unlike V2, its rate is only the one of all operations together.
   */
  CreateVpcLink(call, input) {
    const row = newLink(call, input);
    call.state.restApi.vpcLinks.set(row.fields.id, row);
    startProvisioning(call, row.fields.id);
    // Tags that were not given are not in this answer, though they are in GetVpcLink's.
    return { ...row.fields, ...(Object.keys(row.tags).length > 0 && { tags: { ...row.tags } }) };
  },

  /** Changes a V1 link's name and description. Its target never changes. */
  UpdateVpcLink(call, { vpcLinkId, patchOperations }) {
    const row = getVpcLink(call, vpcLinkId);
    if (patchOperations?.some(({ path }) => /^\/targetArns(\/|$)/.test(path ?? ''))) throw LINK_WORDS.targetsFixed();

    const fields = patched(row.fields, patchOperations, TABLE);
    call.state.restApi.vpcLinks.set(fields.id, { ...row, fields });
    return { ...fields, tags: { ...row.tags } };
  },

  /**
   * Starts to delete a V1 link without users. It is DELETING for minutes, and holds its load balancer
   * until it is deleted.
   */
  DeleteVpcLink(call, { vpcLinkId }) {
    const row = getVpcLink(call, vpcLinkId);
    checkUnused(call, row.fields.id);
    if (row.fields.status !== 'DELETING') startDeletion(call, row);
    return {};
  },

  /** One V1 link. */
  GetVpcLink(call, { vpcLinkId }) {
    const { fields, tags } = getVpcLink(call, vpcLinkId);
    return { ...fields, tags: { ...tags } };
  },

  /**
   * All V1 links, in whatever state. Those without tags have no `tags` here, unlike in GetVpcLink's answer; those
   * with tags have them, as Terraform's acceptance test of its data source shows.
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/vpc_link_data_source_tags_gen_test.go
   */
  GetVpcLinks(call, input) {
    const rows = [...call.state.restApi.vpcLinks.values()].map(({ fields, tags }) => ({
      ...fields,
      ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
    }));
    return listPage(rows, input, 'GetVpcLinks', (row) => row.id);
  },
});
