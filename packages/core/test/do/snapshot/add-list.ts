// Adds a list to the table of this process. To be imported first: modules compute from the table when they are loaded.
import { strict, type Infer } from '../../../src/do/forms/form.js';
import { set } from '../../../src/do/forms/lists.js';
import { optionalText, text } from '../../../src/do/forms/values.js';
import { resource } from '../../../src/do/snapshot/resources/resource.js';
import { RESOURCES } from '../../../src/do/snapshot/resources/resources.js';

const shape = { id: text, zone: optionalText, nodes: set(text) };

interface Cache extends Infer<typeof shape> {}

const caches = resource(strict<Cache>()(shape), { noun: 'cache', diffOrder: 30, affectsPaths: false });

Object.assign(RESOURCES, { caches });
