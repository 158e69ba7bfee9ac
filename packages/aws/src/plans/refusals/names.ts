import { fail } from '@postern/core/checks';
import { type Asked, ifCertain, refusals, type Refusals, textOf, type View } from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';
import { BALANCERS, GROUPS } from './facts.js';

const TAKEN = fail(
  '{name} is the name of [if isOwn: what it replaces, which exists until the new one does|{other}|another one that stays]: {operation} answers {answer}',
  '[if isOwn: {remedy}|Give one of the two another name.]',
);

/** A name that something else has, in the region or in its network. */
function* taken(
  asked: Asked,
  isIn: (one: View) => boolean,
  kept: readonly { readonly id: string; readonly name?: string | undefined }[],
): Generator<{ readonly name: string; readonly isOwn: boolean; readonly other: string | undefined }> {
  const { view, isBeside, others, planned } = asked;
  const { type, before } = view.instance;
  const types = [BALANCERS, GROUPS].find((one) => (one as readonly string[]).includes(type)) ?? [type];
  const name = view.needed('name');
  const isOwn = isBeside && before?.['name'] === name;
  const other = others(...types).find((one) => textOf(one, 'name') === name && isIn(one));
  const isKept = before === undefined && kept.some((one) => one.name === name && !planned.has(one.id));
  if (isOwn || other !== undefined || isKept) yield { name, isOwn, other: other?.instance.address };
}

const BALANCER_NAME = /^(?!-|internal-)(?!.*-$)[A-Za-z0-9-]{1,32}$/;
const GROUP_NAME = /^(?!-)(?!.*-$)[A-Za-z0-9-]{1,32}$/;

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html Name, DuplicateLoadBalancerName */
const balancers: Refusals = refusals(
  BALANCERS,
  {
    NAME_FORM: fail(
      '{attribute} is {name}: expected 1 to 32 letters, digits and hyphens, without internal- before them and a hyphen at an end',
      'Write such a name.',
    ),
    NAME_TAKEN: TAKEN,
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    const name = view.needed('name');
    if (!BALANCER_NAME.test(name)) yield say.NAME_FORM(about, { attribute: named('name'), name });
    const answers = { operation: 'CreateLoadBalancer', answer: 'DuplicateLoadBalancerName' };
    for (const one of taken(asked, () => true, draft.base.loadBalancers))
      yield say.NAME_TAKEN(about, one, { words: { ...answers, remedy: view.lookup.words.otherName } });
  },
);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html Name, DuplicateTargetGroupName */
const groups: Refusals = refusals(
  GROUPS,
  {
    NAME_FORM: fail(
      '{attribute} is {name}: expected 1 to 32 letters, digits and hyphens, without a hyphen at an end',
      'Write such a name.',
    ),
    NAME_TAKEN: TAKEN,
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    const name = view.needed('name');
    if (!GROUP_NAME.test(name)) yield say.NAME_FORM(about, { attribute: named('name'), name });
    const answers = { operation: 'CreateTargetGroup', answer: 'DuplicateTargetGroupName' };
    for (const one of taken(asked, () => true, draft.base.targetGroups ?? []))
      yield say.NAME_TAKEN(about, one, { words: { ...answers, remedy: view.lookup.words.otherName } });
  },
);

const CHARACTERS = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html InvalidGroup.Duplicate */
const securityGroups: Refusals = refusals(
  ['aws_security_group'],
  {
    NAME_FORM: fail(
      '{attribute} is {name}: a security group has at most 255 characters of ASCII, does not begin with sg- and is not default',
      'Write such a name.',
    ),
    DESCRIPTION_FORM: fail(
      '{attribute} has characters that EC2 does not accept, or more than 255',
      'Write letters, digits, blanks and common signs of ASCII.',
    ),
    NAME_TAKEN: TAKEN,
  },
  function* (asked, say) {
    const { view, about, named, draft } = asked;
    const description = textOf(view, 'description') ?? '';
    if (description.length > 255 || !CHARACTERS.test(description))
      yield say.DESCRIPTION_FORM(about, { attribute: named('description') });
    const name = view.needed('name');
    if (name.length > 255 || !CHARACTERS.test(name) || /^sg-|^default$/i.test(name))
      yield say.NAME_FORM(about, { attribute: named('name'), name });
    const network = view.neededRef('vpc_id', AWS.network);
    const isIn = (one: View): boolean => ifCertain(() => one.ref('vpc_id', AWS.network)) === network;
    const kept = draft.base.securityGroups.filter(({ networkId }) => networkId === network);
    const answers = { operation: 'CreateSecurityGroup', answer: 'InvalidGroup.Duplicate' };
    for (const one of taken(asked, isIn, kept))
      yield say.NAME_TAKEN(about, one, { words: { ...answers, remedy: view.lookup.words.otherName } });
  },
);

export const nameRefusals: readonly Refusals[] = [balancers, groups, securityGroups];
