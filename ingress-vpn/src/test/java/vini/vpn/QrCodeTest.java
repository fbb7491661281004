package vini.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;

import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;

import javax.imageio.ImageIO;

class QrCodeTest {
    private static final String TEXT = "[Interface]\nPrivateKey = 0123\n".repeat(9);

    private static String read(int[] pixels, int width, int height) throws Exception {
        RGBLuminanceSource source = new RGBLuminanceSource(width, height, pixels);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
    }

    @Test
    void aPictureCanBeRead() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(new QrCode(TEXT).png(4)));
        int side = image.getWidth();
        assertThat(image.getHeight()).isEqualTo(side);
        assertThat(read(image.getRGB(0, 0, side, side, null, 0, side), side, side)).isEqualTo(TEXT);
    }

    @Test
    void aTerminalCanBeRead() throws Exception {
        List<String> lines =
                new QrCode(TEXT)
                        .terminal()
                        .lines()
                        .map(l -> l.replaceAll("\u001b\\[[0-9;]*m", ""))
                        .toList();
        int width = lines.get(0).length();
        assertThat(lines).allMatch(line -> line.length() == width);
        int scale = 4;
        int height = 2 * lines.size();
        int[] pixels = new int[width * scale * height * scale];
        for (int y = 0; y < height * scale; y++) {
            for (int x = 0; x < width * scale; x++) {
                char block = lines.get(y / scale / 2).charAt(x / scale);
                boolean light = block == '█' || block == (y / scale % 2 == 0 ? '▀' : '▄');
                pixels[y * width * scale + x] = light ? 0xffffff : 0;
            }
        }
        assertThat(read(pixels, width * scale, height * scale)).isEqualTo(TEXT);
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> new QrCode("x".repeat(3000)))
                .hasMessage("a text of 3000 characters is too long for a QR code");
    }
}
