import { defined } from '../../ground/defined.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { strict, type Form } from '../forms/form.js';
import { ID_RULE } from '../forms/text-rules.js';
import { choice, ruled } from '../forms/values.js';
import type { LinkRef } from '../model/reference.js';
import { linkKindForm } from '../kinds/reference-forms.js';

const anyId = ruled(ID_RULE);

/** A link that was read, a reference to one, or its ID. */
export const linkOrIdForm = (clouds: Clouds): Form<LinkRef | string> =>
  choice('a link or its ID', (given) => {
    if (typeof given === 'string') return anyId as Form<LinkRef | string>;
    if (typeof given !== 'object' || given === null) return undefined;

    const { check } = strict<LinkRef>()({ kind: linkKindForm(clouds), id: anyId });
    // A link has more members.
    return {
      check: (one, walk) => {
        const { kind, id } = one as Partial<LinkRef>;
        check({ ...defined({ kind, id }) }, walk);
      },
      schema: {},
    };
  });
