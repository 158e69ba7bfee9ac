import { fail } from '@postern/core/checks';
import { ifCertain, OTHER, pairOf, refusals, type Refusals, textOf, type View } from '@postern/core/overlay';

const RESOURCE = 'aws_api_gateway_resource';
/** The ID of a resource of a REST API. */
export const RESOURCE_ID = { attribute: 'id', form: /^[a-z0-9]{5,}$/ };

/** A name, a variable or a greedy variable. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html */
const PATH_PART = /^(?:[A-Za-z0-9._:-]+|\{[A-Za-z0-9._:-]+\+?\})$/;
const isVariable = (part: string | undefined): boolean => part?.startsWith('{') === true;

const resources: Refusals = refusals(
  [RESOURCE],
  {
    PATH_PART_FORM: fail(
      '{attribute} is {part}: expected letters, digits and ._:-, or a variable in braces',
      'Write one part of the path, without a slash.',
    ),
    PATH_TWICE: fail(
      `${OTHER} has the path part {part} below the same resource`,
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two resources.]',
    ),
    VARIABLE_TWICE: fail(
      `${OTHER} is a variable below the same resource, too: one is allowed`,
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Give both the same variable, as one resource.]',
    ),
    BELOW_GREEDY: fail(
      '{parent} is a greedy variable, which has nothing below it',
      'Write {parent} without its plus sign.',
    ),
  },
  function* ({ view, about, named, others }, say) {
    const part = view.needed('path_part');
    const also = below(view, others(RESOURCE));
    if (!PATH_PART.test(part)) yield { ...say.PATH_PART_FORM(about, { attribute: named('path_part'), part }), also };
    const parent = view.neededRef('parent_id', RESOURCE_ID);
    const beside = others(RESOURCE).filter((one) => ifCertain(() => one.ref('parent_id', RESOURCE_ID)) === parent);
    const same = beside.find((one) => textOf(one, 'path_part') === part);
    if (same !== undefined) yield { ...say.PATH_TWICE(about, { part, ...pairOf({ view }, same) }), also };
    const other = beside.find((one) => one !== same && isVariable(textOf(one, 'path_part')));
    if (isVariable(part) && other !== undefined) yield { ...say.VARIABLE_TWICE(about, pairOf({ view }, other)), also };
    const above = others(RESOURCE).find((one) => textOf(one, 'id') === parent);
    const name = above === undefined ? undefined : textOf(above, 'path_part');
    if (above !== undefined && name?.endsWith('+}') === true)
      yield { ...say.BELOW_GREEDY(about, { parent: above.instance.address }), also };
  },
);

/** The IDs of a resource and of those below it. */
function below(view: View, all: readonly View[]): readonly string[] {
  const found = [textOf(view, 'id') ?? ''];
  // It grows while it is walked.
  for (const parent of found)
    for (const one of all) {
      const id = textOf(one, 'id') ?? '';
      if (!found.includes(id) && ifCertain(() => one.ref('parent_id', RESOURCE_ID)) === parent) found.push(id);
    }
  return found;
}

export const resourceRefusals: readonly Refusals[] = [resources];
