import { fail } from '@postern/core/checks';
import { contains, prefixOf, readAddress, type Prefix } from '@postern/core/kinds';
import {
  cidrOf,
  ifCertain,
  isWithin,
  OTHER,
  pairOf,
  possible,
  refusals,
  textOf,
  type Asked,
  type Refusals,
  type View,
} from '@postern/core/overlay';
import { ALIBABA } from '../../../plans/rows/id-forms.js';

const TYPE = 'alicloud_api_gateway_vpc_access';

/** The backend of an authorization. @throws {UnknownAttribute} */
function backendOf(view: View): string {
  const network = view.neededRef('vpc_id', ALIBABA.network);
  return `${network} ${view.neededRef('instance_id', ALIBABA.backend)} ${view.needed('port')}`;
}

const isWrittenFor = (view: View, id: string): boolean => ifCertain(() => backendOf(view)) === id;

/**
 * A name is of one authorization, and so is a backend with its port.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-setvpcaccess
 */
const once: Refusals = refusals(
  [TYPE],
  {
    NAME_TAKEN: fail(
      '{name} is the name of [if isOwn: what it replaces, which exists until the new one does|{other}], too',
      'Give one of the two another name.',
    ),
    AUTHORIZED_TWICE: fail(
      `${OTHER} has the same network, backend and port: SetVpcAccess answers DuplicateVpcAccess`,
      '[if isOwn: Keep its name and port, or replace it without creating the new one first: calls fail in between.|Remove one of the two, and name the other one in APIs.]',
    ),
  },
  function* (asked, say) {
    const { view, about, others, draft, planned } = asked;
    const name = view.needed('name');
    // A name is the ID of an authorization in a snapshot.
    const stays = draft.base.targets.filter(({ id }) => !planned.has(id) && !isPlanned(asked, id));
    const isNew = view.instance.before === undefined;
    const backend = backendOf(view);
    const same = others(TYPE).find((one) => textOf(one, 'name') === name);
    // Of one that it replaces with all that it has, another name alone does not help.
    const isWhole = same?.instance === view.instance && same !== undefined && isWrittenFor(same, backend);
    if (same !== undefined && !isWhole) yield say.NAME_TAKEN(about, { name, ...pairOf(asked, same) });
    else if (same === undefined && isNew && stays.some(({ id }) => id === name))
      yield say.NAME_TAKEN(about, { name, isOwn: false, other: 'another authorization' });
    const other = others(TYPE).find((one) => isWrittenFor(one, backend));
    const kept = stays.find(
      (one) => `${one.networkId} ${one.resourceId} ${one.port}` === backend && one.kind !== 'apig-service',
    );
    if (other !== undefined) yield say.AUTHORIZED_TWICE(about, pairOf(asked, other));
    else if (isNew && kept !== undefined) yield say.AUTHORIZED_TWICE(about, { isOwn: false, other: kept.id });
  },
);

/** Whether a resource of the plan is the authorization of this name now. */
function isPlanned({ others }: Asked, name: string): boolean {
  return others(TYPE).some((one) => one.instance.before?.['name'] === name);
}

/** What an authorization is for. @see https://www.alibabacloud.com/help/doc-detail/179362.htm */
const PRIVATE: readonly Prefix[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
  (one) => cidrOf(one) ?? [],
);

const backends: Refusals = refusals(
  [TYPE],
  {
    ACCESS_NAME: fail('{attribute} has more than {most} characters', 'Write a shorter name.'),
    ACCESS_PORT: fail('{attribute} is {port}: expected 1 to 65535', 'Write such a port.'),
    BACKEND_FORM: fail(
      '{attribute} is {value}: expected the ID of an ECS instance or of a CLB instance, or a private address',
      'Write one of these.',
    ),
    BACKEND_ELSEWHERE: fail(
      '{value} is in {other}, and the authorization is for {network}',
      'Name the network of {value}.',
    ),
    BACKEND_PUBLIC: fail(
      '{value} is a load balancer for the internet, which has no private address',
      'Name an internal one.',
    ),
  },
  function* ({ view, about, named, draft }, say) {
    const name = textOf(view, 'name') ?? '';
    if (name.length > MOST) yield say.ACCESS_NAME(about, { attribute: named('name'), most: MOST });
    const port = view.number('port');
    if (port !== undefined && !isWithin(port, 1, 65_535))
      yield say.ACCESS_PORT(about, { attribute: named('port'), port });
    const [value, ...more] = possible(view, 'instance_id') ?? [];
    if (value === undefined || more.length > 0) return;

    const address = readAddress(value);
    const isPrivate = address?.family === 4 && PRIVATE.some((one) => contains(one, prefixOf(address, 32)));
    if (!/^(?:i|lb)-/.test(value) && !isPrivate)
      yield say.BACKEND_FORM(about, { attribute: named('instance_id'), value });
    const balancer = draft.get('loadBalancers', value);
    if (balancer?.scheme === 'internet-facing') yield say.BACKEND_PUBLIC(about, { value });
    const other = balancer?.networkId ?? draft.get('instances', value)?.networkId;
    const network = view.neededRef('vpc_id', ALIBABA.network);
    if (other !== undefined && other !== network) yield say.BACKEND_ELSEWHERE(about, { value, other, network });
  },
);

const MOST = 128;

export const authorizationRefusals: readonly Refusals[] = [once, backends];
