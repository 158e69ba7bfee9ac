// The default theme with the fonts of the system: no fonts are loaded.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

export default DefaultTheme;
