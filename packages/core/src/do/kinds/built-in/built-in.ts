import { clouds, type Clouds } from '../cloud/clouds.js';
import { ALIBABA } from './alibaba.js';
import { AWS } from './aws.js';

/** The clouds that specs are read with where no others are given. */
export const BUILT_IN = clouds([AWS, ALIBABA]);

/** The set of a driver: an adapter of a cloud that is built in gives none. */
export function cloudsOf({ clouds: given = BUILT_IN }: { readonly clouds?: Clouds | undefined }): Clouds {
  return given;
}
