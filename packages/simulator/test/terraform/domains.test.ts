import { describeTerraform } from '../shows/describe-terraform.js';

const folder = new URL('domains', import.meta.url);
describeTerraform({ about: 'domain names', folder, region: 'eu-west-1', resources: 25, changed: 9 });
