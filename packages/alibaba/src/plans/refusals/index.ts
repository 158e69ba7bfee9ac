import { fail } from '@postern/core/checks';
import { ifCertain, refusals, type Refusals, type View } from '@postern/core/overlay';
import { ALIBABA } from '../rows/wanted.js';

const TYPE = 'alicloud_api_gateway_vpc_access';

/** The backend of an authorization. @throws {UnknownAttribute} */
function backendOf(view: View): string {
  const network = view.neededRef('vpc_id', ALIBABA.network);
  return `${network} ${view.neededRef('instance_id', ALIBABA.backend)} ${view.needed('port')}`;
}

/**
 * Authorizations: a name is of one, and so is a backend with its port.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-setvpcaccess
 */
const authorizations: Refusals = refusals(
  [TYPE],
  {
    NAME_TAKEN: fail(
      '{name} is the name of [if isOwn: what it replaces, which exists until the new one does|{other}], too',
      'Give one of the two another name.',
    ),
    AUTHORIZED_TWICE: fail(
      '[if isOwn: what it replaces|{other}] has the same network, backend and port: SetVpcAccess answers DuplicateVpcAccess',
      '[if isOwn: Remove create_before_destroy.|Remove one of the two, and name the other one in APIs.]',
    ),
  },
  function* ({ view, about, others, isBeside }, say) {
    const name = view.needed('name');
    const isOwn = isBeside && view.instance.before?.['name'] === name;
    const same = others(TYPE).find((one) => ifCertain(() => one.text('name')) === name);
    if (isOwn || same !== undefined) yield say.NAME_TAKEN(about, { name, isOwn, other: same?.instance.address });
    const backend = backendOf(view);
    const other = others(TYPE).find((one) => ifCertain(() => backendOf(one)) === backend);
    const isSame = isBeside && ifCertain(() => backendOf(view.as('before'))) === backend;
    if (other !== undefined || isSame)
      yield say.AUTHORIZED_TWICE(about, { isOwn: isSame, other: other?.instance.address });
  },
);

/** What Alibaba Cloud refuses by the values of resources. */
export const refused: readonly Refusals[] = [authorizations];
