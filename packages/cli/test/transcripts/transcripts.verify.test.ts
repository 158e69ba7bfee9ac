import { FOLDERS, playStories } from './play-stories.js';

for (const folder of FOLDERS) if (folder !== 'errors') playStories(folder);
