using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class MyData : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_messages_driver_id_written_at",
                table: "messages");

            migrationBuilder.AddColumn<int>(
                name: "ordinal",
                table: "messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AlterColumn<Guid>(
                name: "photo_id",
                table: "face_checks",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.CreateTable(
                name: "data_exports",
                columns: table => new
                {
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    export_number = table.Column<int>(type: "integer", nullable: false),
                    exported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    file_format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_data_exports", x => new { x.driver_id, x.export_number });
                    table.ForeignKey(
                        name: "FK_data_exports_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "face_consents",
                columns: table => new
                {
                    driver_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_number = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    happened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    notice_version = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    notice_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_face_consents", x => new { x.driver_id, x.step_number });
                    table.CheckConstraint("ck_face_consents_first", "step_number > 1 OR (step_number = 1 AND act = 'Given')");
                    table.CheckConstraint("ck_face_consents_notice", "(act = 'Given' AND notice_version IS NOT NULL AND notice_hash IS NOT NULL) OR (act = 'Withdrawn' AND notice_version IS NULL AND notice_hash IS NULL)");
                    table.ForeignKey(
                        name: "FK_face_consents_drivers_driver_id",
                        column: x => x.driver_id,
                        principalTable: "drivers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_driver_id_written_at_ordinal",
                table: "messages",
                columns: new[] { "driver_id", "written_at", "ordinal" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_unread",
                table: "messages",
                column: "driver_id",
                filter: "read_at IS NULL");

            // By hand: the history of consent is append-only.
            Migrations.AppendOnly.GuardOnPostgreSql(migrationBuilder, "face_consents");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "data_exports");

            migrationBuilder.DropTable(
                name: "face_consents");

            migrationBuilder.DropIndex(
                name: "IX_messages_driver_id_written_at_ordinal",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_messages_unread",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "ordinal",
                table: "messages");

            migrationBuilder.AlterColumn<Guid>(
                name: "photo_id",
                table: "face_checks",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_driver_id_written_at",
                table: "messages",
                columns: new[] { "driver_id", "written_at" });
        }
    }
}
