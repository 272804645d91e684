import { type ThemeConfig, theme } from 'antd';
import {
  fontMono,
  fontSans,
  type Mode,
  type Palette,
  palettes,
  radius,
  size,
  space,
  type as type_,
} from '../../shared/design/tokens.ts';

/**
 * The tokens as Ant Design takes them.
 *
 * `compactAlgorithm` is left out: it makes 12 px the base size, too small for Chinese legal text. Density comes from control
 * heights and cell paddings instead.
 */
export function antdTheme(mode: Mode, reducedMotion: boolean): ThemeConfig {
  const p = palettes[mode];
  return {
    cssVar: { key: `lexpost-${mode}` },
    hashed: false,
    // The second step pins what the first derives: in the dark it would shift the brand and tint the surfaces.
    algorithm: [
      mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
      (_seed, map) => ({ ...(map ?? theme.defaultAlgorithm(_seed)), ...mapTokens(p) }),
    ],
    token: {
      colorPrimary: p.brand,
      fontFamily: fontSans,
      fontFamilyCode: fontMono,
      fontSize: type_.body[0],
      borderRadius: radius.control,
      controlHeight: size.control,
      motionUnit: 0.06,
      // Never `animation: none` in CSS: antd waits for the end of an animation and would leave form errors invisible.
      motion: !reducedMotion,
      wireframe: false,
      // Derived from the text's alpha by default, under 4.5:1.
      colorTextPlaceholder: p.text3,
      colorTextDescription: p.text3,
      colorTextDisabled: p.text3,
      colorTextHeading: p.text,
      colorIcon: p.text2,
      colorLink: p.brand,
      colorLinkHover: p.brandHover,
      colorSplit: p.line,
      colorFillAlter: p.page,
      controlItemBgHover: p.hover,
      controlItemBgActive: p.brandSoft,
      controlItemBgActiveHover: p.brandSoft,
      boxShadow: p.shadow,
      boxShadowSecondary: p.shadow,
    },
    components: componentTokens(mode, p),
  };
}

function componentTokens(mode: Mode, p: Palette): NonNullable<ThemeConfig['components']> {
  return {
    Button: {
      primaryColor: p.onBrand,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      contentFontSizeSM: type_.table[0],
      defaultBg: p.sheet,
      defaultBorderColor: p.buttonEdge,
    },
    Form: { verticalLabelPadding: `0 0 ${space.xs}px`, itemMarginBottom: 14, labelColor: p.text2, labelFontSize: 13 },
    Input: { activeShadow: `0 0 0 1px ${p.focus}`, activeBorderColor: p.focus },
    Progress: { defaultColor: p.brand, remainingColor: p.line },
    Select: { optionSelectedBg: p.brandSoft },
    Switch: { trackHeight: size.target, trackMinWidth: 44, handleSize: size.target - 4 },
    Modal: { borderRadiusLG: radius.dialog, titleFontSize: 16 },
    Tabs: { horizontalItemPadding: '10px 0', horizontalItemGutter: space.xl, titleFontSize: 14 },
    Tooltip: { colorBgSpotlight: mode === 'dark' ? '#39424e' : '#25303d' },
    Segmented: { itemSelectedBg: p.sheet, trackBg: p.rail, itemColor: p.text2 },
  };
}

function mapTokens(p: Palette) {
  const { done, waiting, failed } = p.tones;
  return {
    colorPrimary: p.brand,
    colorPrimaryHover: p.brandHover,
    colorPrimaryActive: p.brandActive,
    colorPrimaryBg: p.brandSoft,
    colorPrimaryBgHover: p.brandSoft,
    // antd draws the focus ring of its buttons with it: the soft brand line stays under 3:1.
    colorPrimaryBorder: p.focus,
    colorPrimaryText: p.brand,
    colorPrimaryTextHover: p.brandHover,
    colorPrimaryTextActive: p.brandActive,
    // Derived from the seed otherwise, and in dark below 4.5:1.
    colorLink: p.brand,
    colorLinkHover: p.brandHover,
    colorLinkActive: p.brandActive,
    colorSuccess: done.fg,
    colorSuccessBg: done.bg,
    colorSuccessBorder: done.line,
    colorSuccessText: done.fg,
    colorWarning: waiting.fg,
    colorWarningBg: waiting.bg,
    colorWarningBorder: waiting.line,
    colorWarningText: waiting.fg,
    colorError: failed.fg,
    colorErrorBg: failed.bg,
    colorErrorBorder: failed.line,
    colorErrorText: failed.fg,
    colorInfo: p.brand,
    colorInfoBg: p.brandSoft,
    colorInfoBorder: p.brandLine,
    colorInfoText: p.brand,
    colorText: p.text,
    colorTextSecondary: p.text2,
    colorTextTertiary: p.text3,
    colorTextQuaternary: p.text3,
    colorBgLayout: p.page,
    colorBgContainer: p.sheet,
    colorBgElevated: p.raised,
    colorBorder: p.control,
    colorBorderSecondary: p.line,
  };
}
