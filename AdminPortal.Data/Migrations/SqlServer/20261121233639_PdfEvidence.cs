using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class PdfEvidence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "format",
                table: "photos",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Jpeg");

            migrationBuilder.AddCheckConstraint(
                name: "ck_photos_format",
                table: "photos",
                sql: "format = 'Jpeg' OR kind = 'Evidence'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_photos_format",
                table: "photos");

            migrationBuilder.DropColumn(
                name: "format",
                table: "photos");
        }
    }
}
