import { fail } from '@postern/core/checks';
import {
  blockOf,
  ifCertain,
  isWithin,
  knownWords,
  OTHER,
  pairOf,
  refusals,
  textOf,
  type Asked,
  type Refusals,
  type View,
} from '@postern/core/overlay';
import { ALIBABA } from '../../../plans/rows/id-forms.js';

/*
 * Groups and APIs.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi
 */
const GROUP = 'alicloud_api_gateway_group';
const API = 'alicloud_api_gateway_api';
const ACCESS = 'alicloud_api_gateway_vpc_access';
/** 4 to 50 letters, Chinese characters, digits and underscores, the first a letter or a Chinese character. */
const NAME = /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9_\u4e00-\u9fa5]{3,49}$/;

const NAME_FORM = fail(
  '{attribute} is {name}: expected 4 to 50 letters, digits and underscores, with a letter first',
  'Write such a name.',
);

const groups: Refusals = refusals(
  [GROUP],
  {
    NAME_FORM,
    NAME_TAKEN: fail(
      '{name} is the name of [if isOwn: what it replaces, which exists until the new one does|{other}], too: CreateApiGroup answers DuplicateGroupName',
      'Give one of the two another name.',
    ),
    BASE_PATH: fail('{attribute} is {path}: expected a slash first, and no blanks', 'Write such a path.'),
  },
  function* (asked, say) {
    const { view, about, named, others, draft, planned } = asked;
    const path = textOf(view, 'base_path');
    if (path !== undefined && !/^\/\S*$/.test(path))
      yield say.BASE_PATH(about, { attribute: named('base_path'), path });
    const name = view.needed('name');
    if (!NAME.test(name)) yield say.NAME_FORM(about, { attribute: named('name'), name });
    const other = others(GROUP).find((one) => textOf(one, 'name') === name);
    const kept = draft.base.gateways.find(
      (one) => one.kind === 'api-group' && one.name === name && !planned.has(one.id),
    );
    if (other !== undefined) yield say.NAME_TAKEN(about, { name, ...pairOf(asked, other) });
    else if (kept !== undefined && view.instance.before === undefined)
      yield say.NAME_TAKEN(about, { name, isOwn: false, other: kept.id });
  },
);

/** What an API answers to: `GET /orders`. */
function endpointOf(view: View): string | undefined {
  const request = blockOf(view, 'request_config');
  const [method, path] = request === undefined ? [] : [textOf(request, 'method'), textOf(request, 'path')];
  return method === undefined || path === undefined ? undefined : `${method.toUpperCase()} ${path}`;
}

/** The ID of a group, where an API is in it. */
const groupOf = (view: View): string | undefined => ifCertain(() => view.ref('group_id', ALIBABA.apiGroup));

const apis: Refusals = refusals(
  [API],
  {
    NAME_FORM,
    NAME_TAKEN: fail(
      `${OTHER} has the name {name} in the same group: CreateApi answers DuplicateApiName`,
      '[if isOwn: Give it another name.|Give one of the two another name.]',
    ),
    ENDPOINT_TWICE: fail(
      `${OTHER} answers to {endpoint} in the same group: CreateApi answers DuplicateRequestPath`,
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two, or give it another path.]',
    ),
    REQUEST_PATH: fail('its path is {path}: expected a slash first', 'Write /{path}.'),
    TIMEOUT: fail('its timeout is {timeoutMs}: expected 1 to 99999 ms', 'Write such a timeout.'),
    ACCESS_ABSENT: fail(
      'no authorization has the name {name}: CreateApi answers NotFoundVpc',
      'Write the name of one.',
    ),
  },
  function* (asked, say) {
    const { view, about, named, others } = asked;
    const name = view.needed('name');
    const also = [(textOf(view, 'id') ?? '').split(':').at(-1) ?? ''];
    if (!NAME.test(name)) yield { ...say.NAME_FORM(about, { attribute: named('name'), name }), also };
    const request = blockOf(view, 'request_config');
    const path = request && textOf(request, 'path');
    if (path !== undefined && !path.startsWith('/')) yield { ...say.REQUEST_PATH(about, { path }), also };
    const own = blockOf(view, 'http_vpc_service_config');
    const timeoutMs = own && ifCertain(() => own.number('timeout'));
    if (timeoutMs !== undefined && !isWithin(timeoutMs, 1, 99_999))
      yield { ...say.TIMEOUT(about, { timeoutMs }), also };
    const access = own && textOf(own, 'name');
    const isPrivate = textOf(view, 'service_type') === 'HTTP-VPC';
    if (isPrivate && access !== undefined && !/^#\w+#$/.test(access) && !hasAccess(asked, access))
      yield { ...say.ACCESS_ABSENT(about, { name: access }), also };
    const group = groupOf(view);
    const beside = others(API).filter((one) => group !== undefined && groupOf(one) === group);
    const same = beside.find((one) => textOf(one, 'name') === name);
    const endpoint = endpointOf(view);
    // Of one that it replaces with all that it has, another name alone does not help.
    const isWhole = same?.instance === view.instance && same !== undefined && endpointOf(same) === endpoint;
    if (same !== undefined && !isWhole) yield { ...say.NAME_TAKEN(about, { name, ...pairOf(asked, same) }), also };
    const other = beside.find((one) => endpoint !== undefined && endpointOf(one) === endpoint);
    if (endpoint !== undefined && other !== undefined)
      yield { ...say.ENDPOINT_TWICE(about, { endpoint, ...pairOf(asked, other) }), also };
  },
);

/** Whether an authorization of this name is in the plan or in the region, or may be. */
function hasAccess({ draft, others }: Asked, name: string): boolean {
  const isOpen = [...draft.base.gaps, ...draft.gaps].some(({ of }) => of === 'targets');
  const isWhole = draft.base.whole?.includes('targets') === true || draft.base.targets.length > 0;
  return (
    isOpen ||
    !isWhole ||
    draft.get('targets', name) !== undefined ||
    others(ACCESS).some((one) => [undefined, name].includes(textOf(one, 'name')))
  );
}

const STAGES = ['RELEASE', 'PRE', 'TEST'];

/** @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-deployapi */
const stages: Refusals = refusals(
  [API],
  { STAGE_ABSENT: fail('{attribute} has {stage}: expected {stages:or}', 'Write {stages:or}.') },
  function* ({ view, about, named }, say) {
    for (const stage of view.texts('stage_names'))
      if (!STAGES.includes(stage))
        yield say.STAGE_ABSENT(about, { attribute: named('stage_names'), stage, stages: STAGES });
  },
);

const METHODS = ['ANY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export const apiRefusals: readonly Refusals[] = [
  groups,
  apis,
  stages,
  knownWords(
    [API],
    [
      { attribute: 'auth_type', known: ['APP', 'ANONYMOUS', 'APPOPENID'] },
      { block: 'request_config', attribute: 'method', known: METHODS },
    ],
  ),
];
